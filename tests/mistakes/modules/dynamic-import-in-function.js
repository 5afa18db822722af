async function load(name) {
  return import(`./${name}.js`);
}
await load('nothing');

// at: 2:10
// names: nothing.js
