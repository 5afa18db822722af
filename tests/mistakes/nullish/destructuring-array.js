let pair;
const sum = [1, 2].length;
const [left, right] = pair;
console.log(sum, left, right);

// plain
// at: 3:23
// names: pair
