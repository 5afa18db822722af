const a = 1;
if (a + 1 = 2) console.log(a);

// plain
// at: 2:11
// names: assignment
