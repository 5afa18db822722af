setTimeout(null, 100);

// plain
// at: 1:11
// names: null, callback
