console.log(“hello”);

// at: 1:13
// names: “
// remedy: '
