console.log(__dirname);

// at: 1:13
// names: __dirname
// remedy: import.meta.dirname
