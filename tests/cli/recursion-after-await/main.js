function down() {
  down();
}
setTimeout(async function poll() {
  await null;
  down();
});
setTimeout(() => console.log('not reached'), 60_000);
