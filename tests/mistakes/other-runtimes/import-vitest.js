import { test } from 'vitest';
test('a', () => {});

// at: 1:22
// names: vitest
// remedy: node:test
