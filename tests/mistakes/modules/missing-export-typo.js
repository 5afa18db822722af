import { prot } from './server.js';
console.log(prot);

// at: 1:10
// names: prot, server.js
// remedy: did you mean port
