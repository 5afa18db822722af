// Fields that the handshake does not have are refused, and not dropped.

import assert from 'assert';

for (const name of ['Content-Length', 'transfer-encoding', 'Upgrade']) {
  assert.throws(
    () => new WebSocket('ws://127.0.0.1:9/', { headers: { [name]: '1' } }),
    new RegExp(`header ${name} belongs to the opening handshake`),
  );
}
