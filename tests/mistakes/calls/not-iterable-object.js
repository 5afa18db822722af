function list(settings) {
  const keys = Object.keys(settings).length;
  for (const [name, value] of settings) console.log(keys, name, value);
}
list({ a: 1 });

// plain
// at: 3:31
// names: settings, not iterable
