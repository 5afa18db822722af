import { area } from './shape.js';
console.log(area as number);

// at: 1:22
// names: shape.js
// remedy: shape.ts
