const { add } = new Set();
add(1);

// plain
// at: 2:4
// names: Set
