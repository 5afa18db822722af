JSON.parse('{\n  "a": 1,\n  "b": [1, 2,]\n}');

// plain
// at: 1:11
// names: ]
