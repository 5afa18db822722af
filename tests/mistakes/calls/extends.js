const base = {};
class Derived extends base {}
console.log(Derived);

// plain
// at: 2:23
// names: base
