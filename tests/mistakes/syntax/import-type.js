import type { User } from './types.js';

// at: 1:13
// names: type
// remedy: TypeScript
