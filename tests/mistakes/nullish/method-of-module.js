let socket;
console.log('start');
socket.send('hi');

// plain
// at: 3:8
// names: socket, send
