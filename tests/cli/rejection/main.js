async function load() {
  throw new TypeError('no data');
}
load();
