new Date('yesterday').toISOString();

// plain
// at: 1:34
// names: Invalid time value
