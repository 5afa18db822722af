const run = () => 1;
exports.run = run;

// at: 2:1
// names: exports
// remedy: export
