const a = 1;
if (a) { console.log(a); };
else { console.log(0); }

// plain
// at: 3:1
// names: else
