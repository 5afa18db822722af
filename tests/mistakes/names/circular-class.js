import { Child } from './circular-class-b.js';
export class Parent {}
console.log(Child);

// at: circular-class-b.js:2:28
// names: Parent
// remedy: import each other
