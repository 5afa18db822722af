const hooks = { open: 'yes' };
hooks.open?.();

// plain
// at: 2:7
// names: open, is not a function
