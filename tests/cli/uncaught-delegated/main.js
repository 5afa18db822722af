function* g() {
  yield* 5;
}
[...g()];
