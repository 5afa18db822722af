import thing from 'assert/strict';
console.log(thing);

// at: 1:19
// names: assert/strict
// remedy: assert
