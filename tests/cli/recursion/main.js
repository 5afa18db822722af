function down() {
  down();
}
down();
