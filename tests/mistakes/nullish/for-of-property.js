const data = JSON.parse('{"list": []}');
console.log(data.list.length);
for (const item of data.items) {
  console.log(item);
}

// plain
// at: 3:20
// names: data.items
