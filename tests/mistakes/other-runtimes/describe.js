describe('a', () => {});

// at: 1:1
// names: describe
// remedy: node:test
