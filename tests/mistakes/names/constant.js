const count = 0;
console.log('x'.length);
count = count + 1;

// plain
// at: 3:1
// names: count, constant
