import thing from 'child_process';
console.log(thing);

// at: 1:19
// names: child_process
// remedy: child_process
