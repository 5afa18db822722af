export { halt } from './server.js';

// at: 1:10
// names: halt, server.js
// remedy: start
