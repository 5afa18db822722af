'x'.repeat(-1);

// plain
// at: 1:11
// names: -1
