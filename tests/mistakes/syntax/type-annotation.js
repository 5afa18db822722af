function add(a: number, b: number) {
  return a + b;
}

// at: 1:15
// names: :
// remedy: TypeScript
