const tag = Symbol('tag');
console.log('x'.length);
const label = `tag: ${tag}`;
console.log(label);

// plain
// at: 3:23
// names: symbol
