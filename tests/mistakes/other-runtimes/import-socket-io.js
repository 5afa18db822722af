import thing from 'socket.io';
console.log(thing);

// at: 1:19
// names: socket.io
// remedy: WebSocket
