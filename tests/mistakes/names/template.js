const name = 'Ada'.trim();
console.log(name.length);
console.log(`Hello ${nmae}`);

// at: 3:22
// names: nmae, is not defined
// remedy: did you mean name
