import thing from 'stream';
console.log(thing);

// at: 1:19
// names: stream
// remedy: krandog has no 'stream'
