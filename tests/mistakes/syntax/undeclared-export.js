export { nothing };

// plain
// at: 1:10
// names: nothing
