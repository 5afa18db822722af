function outer() {
  console.trace('at %d', 1);
}
outer();
