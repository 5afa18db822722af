import { add } from './types.ts';
console.log(add);

// at: types.ts:1:22
// names: :
// remedy: TypeScript
