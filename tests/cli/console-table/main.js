console.table([{ a: 1, b: 'x' }, { c: true }]);
console.table(new Map([['k', 1]]));
console.table([[1, 2], [3, 4]], ['1']);
console.table(5);
