interface User { name: string }
const user: = { name: 'Ann' };

// at: 2:13
// names: '='
