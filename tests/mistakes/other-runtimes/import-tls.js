import thing from 'tls';
console.log(thing);

// at: 1:19
// names: tls
// remedy: https.createServer
