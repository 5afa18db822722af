const a = 1
const b = a
(function start() {})()

// at: 2:11
// names: a, is not a function
// remedy: semicolon
