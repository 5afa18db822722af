let total = [1].length;
totl = total + 1;

// plain
// at: 2:1
// names: totl, is not defined
