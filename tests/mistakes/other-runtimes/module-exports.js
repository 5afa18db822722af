module.exports = { a: 1 };

// at: 1:1
// names: module
// remedy: export
