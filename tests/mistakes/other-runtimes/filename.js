console.log(__filename);

// at: 1:13
// names: __filename
// remedy: import.meta.filename
