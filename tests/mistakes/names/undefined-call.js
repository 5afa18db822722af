setTimeout(() => {
  sendAll('x');
}, 1);

// plain
// at: 2:3
// names: sendAll, is not defined
