import thing from 'fs';
console.log(thing);

// at: 1:19
// names: fs
// remedy: krandog has no 'fs'
