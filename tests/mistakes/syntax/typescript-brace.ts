function add(a: number): number {
  if (a > 1) {
  return a;
}

// at: 8:1
// names: '}', the end of the file
