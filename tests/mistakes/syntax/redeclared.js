const port = 80;
const host = 'localhost';
const port = 3000;

// plain
// at: 3:7
// names: port, already been declared
