JSON.parse("{'a': 1}");

// plain
// at: 1:11
// names: 'a'
