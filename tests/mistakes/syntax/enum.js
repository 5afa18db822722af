enum Color { Red }

// at: 1:1
// names: enum
// remedy: TypeScript
