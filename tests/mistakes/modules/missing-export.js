import { start, stop } from './server.js';
start(stop);

// at: 1:17
// names: stop, server.js
// remedy: start
