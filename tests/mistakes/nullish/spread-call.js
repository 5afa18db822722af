const limits = {};
console.log(Math.max(...limits.values));

// plain
// at: 2:25
// names: limits.values
