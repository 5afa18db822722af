import { Color } from './types.ts';
console.log(Color);

// at: types.ts:1:8
// names: enum
// remedy: as const
