const text = '{"name": "Ada", age: 36}';
const user = JSON.parse(text);

// plain
// at: 2:24
// names: age
