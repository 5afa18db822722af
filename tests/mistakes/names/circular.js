import { name } from './circular-b.js';
export const title = 'a';
console.log(name);

// at: circular-b.js:2:29
// names: title
// remedy: import each other
