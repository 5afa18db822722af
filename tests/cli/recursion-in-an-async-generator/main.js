// The engine ends the process here, which says at least why.
function down() {
  down();
}
async function* values() {
  yield down();
}
values().next().catch(() => console.log('caught'));
