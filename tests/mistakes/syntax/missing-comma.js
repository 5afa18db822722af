const user = {
  name: 'Ada'
  age: 36,
};

// plain
// at: 3:3
// names: age
