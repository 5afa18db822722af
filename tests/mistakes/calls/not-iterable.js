const count = [1].length;
console.log(count);
for (const item of count) console.log(item);

// plain
// at: 3:20
// names: count, not iterable
