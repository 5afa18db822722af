const name;

// plain
// at: 1:7
// names: name
