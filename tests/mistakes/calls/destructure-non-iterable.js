const point = { x: 1 };
const [x, y] = point;
console.log(x, y);

// plain
// at: 2:16
// names: point, not iterable
