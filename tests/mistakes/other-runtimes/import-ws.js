import thing from 'isomorphic-ws';
console.log(thing);

// at: 1:19
// names: ws
// remedy: WebSocket
