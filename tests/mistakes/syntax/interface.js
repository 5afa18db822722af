interface User { name: string }
const user = 1;

// at: 1:1
// names: interface
// remedy: TypeScript
