const user = JSON.parse('');

// plain
// at: 1:24
// names: JSON
// says: 
