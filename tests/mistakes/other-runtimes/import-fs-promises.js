import thing from 'fs/promises';
console.log(thing);

// at: 1:19
// names: fs/promises
// remedy: krandog has no
