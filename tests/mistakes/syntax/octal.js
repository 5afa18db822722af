const mode = 0644;

// at: 1:14
// names: octal
// remedy: 0o644
