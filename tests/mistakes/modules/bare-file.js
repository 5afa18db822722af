import { start } from 'server.js';
start();

// at: 1:23
// names: server.js
// remedy: ./server.js
