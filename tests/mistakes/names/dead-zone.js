console.log(limit);
const limit = 3;

// plain
// at: 1:13
// names: limit, before initialization
