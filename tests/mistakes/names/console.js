consol.log('x');

// at: 1:1
// names: consol, is not defined
// remedy: did you mean console
