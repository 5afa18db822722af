import thing from 'cluster';
console.log(thing);

// at: 1:19
// names: cluster
// remedy: cluster
