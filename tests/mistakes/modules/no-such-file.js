import { start } from './servre.js';
start();

// at: 1:23
// names: servre.js
// remedy: did you mean
