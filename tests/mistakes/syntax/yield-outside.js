function list() {
  yield 1;
}

// plain
// at: 2:3
// names: yield
