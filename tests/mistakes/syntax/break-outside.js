const list = [1];
list.forEach((item) => {
  if (item) break;
});

// plain
// at: 3:13
// names: break
