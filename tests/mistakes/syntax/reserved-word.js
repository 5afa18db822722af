const class = 'x';

// plain
// at: 1:7
// names: class
