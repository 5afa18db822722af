function read(text) {
  return JSON.parse(text);
}
read('{"list": [1, 2');

// plain
// at: 2:20
// names: JSON
