const find = (list, id) => list.find((entry) => entry.id === id);
const list = [{ id: 1 }];
console.log(find(list, 2).title);

// plain
// at: 3:27
// names: find, title
