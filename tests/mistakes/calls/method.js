const list = { items: [1] };
console.log('start');
list.items.foreach((item) => console.log(item));

// at: 3:12
// names: list.items.foreach, is not a function
// remedy: did you mean forEach
