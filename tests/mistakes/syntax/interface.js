interface User { name: string }
const user = 1;

// at: 1:11
// names: interface
// remedy: TypeScript
