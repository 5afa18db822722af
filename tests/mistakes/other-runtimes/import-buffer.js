import thing from 'buffer';
console.log(thing);

// at: 1:19
// names: buffer
// remedy: Uint8Array
