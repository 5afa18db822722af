await Promise.any([Promise.reject(new Error('first')), Promise.reject(new Error('second'))]);

// plain
// at: 1:35
// names: first, second
