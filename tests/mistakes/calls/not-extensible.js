const point = Object.seal({ x: 1 });
point.y = 2;

// plain
// at: 2:1
// names: y
