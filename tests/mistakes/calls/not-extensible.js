const point = Object.seal({ x: 1 });
point.y = 2;

// plain
// at: 2:7
// names: y
