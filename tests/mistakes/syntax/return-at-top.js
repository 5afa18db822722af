const ready = false;
if (!ready) return;
console.log('x');

// at: 2:13
// names: return
// remedy: process.exit
