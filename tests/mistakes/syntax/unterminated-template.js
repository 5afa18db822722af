const name = `Ada;
console.log(name);

// plain
// at: 1:14
// names: template
