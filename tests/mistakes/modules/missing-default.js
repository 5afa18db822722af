import server from './server.js';
console.log(server);

// at: 1:8
// names: default, server.js
// remedy: import { start
