import { add } from './types.ts';
console.log(add);

// at: 1:21
// names: types.ts
// remedy: TypeScript
