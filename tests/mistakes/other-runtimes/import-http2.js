import thing from 'node:http2';
console.log(thing);

// at: 1:19
// names: http2
// remedy: https
