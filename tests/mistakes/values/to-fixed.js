const price = 1;
price.toFixed(101);

// plain
// at: 2:14
// names: 100
