for (const [name] of Object.entries(null)) console.log(name);

// plain
// at: 1:36
// names: null
