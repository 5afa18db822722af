import thing from 'net';
console.log(thing);

// at: 1:19
// names: net
// remedy: TCP
