const list = [1, 2;
console.log(list);

// plain
// at: 1:19
// names: ]
