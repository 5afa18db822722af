import { createServer } from 'http';

function down() {
  down();
}
createServer(() => 'ok').listen(0);
await null;
down();
