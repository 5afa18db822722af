const users = {};
const id = 7;
const name = users[id]['name'];
console.log(name);

// plain
// at: 3:24
// names: name
