const kind = 'Array';
const list = [].concat(1);
if (list instanceof kind) console.log(list);

// plain
// at: 3:5
// names: kind, instanceof
