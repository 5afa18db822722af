console.log('first');
const plugin = await import('./plugin.js');
console.log(plugin);

// at: 2:29
// names: plugin.js
