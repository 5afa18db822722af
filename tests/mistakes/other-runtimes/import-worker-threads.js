import thing from 'worker_threads';
console.log(thing);

// at: 1:19
// names: worker_threads
// remedy: worker_threads
