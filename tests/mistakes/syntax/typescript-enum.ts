const a: number = 1;
enum Color { Red }

// at: 2:1
// names: enum, as const
