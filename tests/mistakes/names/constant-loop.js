for (const i = 0; i < 3; i++) console.log(i);

// plain
// at: 1:26
// names: i, constant
