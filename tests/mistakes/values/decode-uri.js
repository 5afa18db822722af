decodeURIComponent('100%');

// plain
// at: 1:19
// names: URI
