const id = 10n;
const page = 'x'.length;
console.log(id + page);

// plain
// at: 3:13
// names: BigInt
