import thing from 'readable-stream';
console.log(thing);

// at: 1:19
// names: readable-stream
// remedy: stream is built in
