let more;
const all = [1, 2, ...more];
console.log(all);

// plain
// at: 2:23
// names: more
