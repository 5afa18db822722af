const list = [1, 2];
function start() {
  for (const item of list) {
    console.log(item);
  }

start();

// at: 2:18
// names: }
