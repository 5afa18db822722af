let cache;
console.log('clearing');
delete cache.entry;

// plain
// at: 3:14
// names: cache, entry
