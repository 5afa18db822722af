import './broken.js';

// at: broken.js:3:3
// names: 'd'
