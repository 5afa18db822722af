import thing from 'crypto';
console.log(thing);

// at: 1:19
// names: crypto
// remedy: krandog has no 'crypto'
