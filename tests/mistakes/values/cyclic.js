const parent = { name: 'p', children: [] };
parent.children.push({ parent });
JSON.stringify(parent);

// plain
// at: 3:15
// names: children, parent
