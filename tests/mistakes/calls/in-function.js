function run(callback) {
  const value = 1;
  callback(value);
}
run();

// plain
// at: 3:3
// names: callback, is not a function
