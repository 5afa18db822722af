function start(list) {
  if (list.length > 0) {
    console.log('x');

  return list;
}
start([]);

// at: 2:24
// names: }
