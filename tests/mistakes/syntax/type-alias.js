type Id = string;

// at: 1:6
// names: type
// remedy: TypeScript
