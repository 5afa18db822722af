const list = new Array(-1);

// plain
// at: 1:14
// names: array length
