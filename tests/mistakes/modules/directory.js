import x from './';
console.log(x);

// at: 1:15
// names: directory
