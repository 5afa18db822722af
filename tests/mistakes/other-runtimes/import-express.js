import thing from 'express';
console.log(thing);

// at: 1:19
// names: express
// remedy: serve(
