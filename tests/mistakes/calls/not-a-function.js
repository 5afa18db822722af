const total = 3;
console.log('start');
total();

// plain
// at: 3:1
// names: total, is not a function
