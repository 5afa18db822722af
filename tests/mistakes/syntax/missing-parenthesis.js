console.log('x', Math.max(1, 2);
console.log('y');

// plain
// at: 1:32
// names: )
