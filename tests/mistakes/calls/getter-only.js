class Box { get size() { return 1; } }
const box = new Box();
box.size = 2;

// plain
// at: 3:5
// names: size, getter
