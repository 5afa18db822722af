async function load() {
  throw new Error('no data');
}
load();

// plain
// at: 2:9
// names: no data
