const user = { name: 'Ada' };
user.rename('Bob');

// plain
// at: 2:6
// names: user.rename, is not a function
