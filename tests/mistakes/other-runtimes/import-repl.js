import thing from 'repl';
console.log(thing);

// at: 1:19
// names: repl
// remedy: readline
