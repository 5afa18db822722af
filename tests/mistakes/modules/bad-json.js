import data from './bad.json' with { type: 'json' };
console.log(data);

// at: bad.json:3:3
// names: bad.json
