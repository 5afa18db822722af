const list = [];
list.reduce((a, b) => a + b);

// plain
// at: 2:12
// names: reduce, empty
