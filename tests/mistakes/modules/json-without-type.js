import data from './data.json';
console.log(data);

// at: 1:18
// names: data.json
// remedy: with { type: 'json' }
