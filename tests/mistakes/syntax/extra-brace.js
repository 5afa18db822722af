function start() {
  return 1;
}
}
start();

// plain
// at: 4:1
// names: }
