const input = {};
const name = input as string;

// at: 2:20
// names: as
// remedy: TypeScript
