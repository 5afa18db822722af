const pattern = new RegExp('[a-');

// plain
// at: 1:17
// names: regular expression
