function down() {
  down();
}
down();
await null;
