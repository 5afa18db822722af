const key = 'a'.trim();
const text = 'abc';
console.log(key in text);

// plain
// at: 3:13
// names: text, in
