import { start } from './server';
start();

// at: 1:23
// names: server
// remedy: server.js
