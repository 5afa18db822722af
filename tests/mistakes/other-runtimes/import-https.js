import thing from 'https';
console.log(thing);

// at: 1:19
// names: https
// remedy: proxy
