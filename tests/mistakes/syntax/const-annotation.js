const port: number = 3000;

// at: 1:11
// names: :
// remedy: TypeScript
