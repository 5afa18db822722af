// What is wrong with a rate is named.

import assert from 'assert';
import http from 'http';

for (const [options, message] of [
  [{ websocket: { rateLimit: {} } },
    'option websocket.rateLimit is wrong: it needs messages, bytes or both, such as { messages: 50, per: 1000 }'],
  [{ websocket: { rateLimit: { messages: 1, bytes: 1, burst: 3 } } },
    'option websocket.rateLimit is wrong: with both messages and bytes, burst is { messages, bytes }'],
  [{ websocket: { rateLimit: { message: 1 } } },
    'unknown option websocket.rateLimit.message: did you mean messages? (known: messages, bytes, per, burst, action)'],
  [{ websocket: { rateLimit: { messages: 1, action: 'drop' } } },
    "option websocket.rateLimit.action must be 'pause' or 'close', not 'drop'"],
  [{ websocket: { rateLimit: { messages: 0 } } },
    'option websocket.rateLimit.messages must be a whole number from 1 to 1099511627776, not 0'],
  [{ websocket: { rateLimit: 5 } }, 'option websocket.rateLimit must be an object, not 5'],
  [{ websocket: { maxLifetime: -1 } },
    'option websocket.maxLifetime must be a whole number from 0 to 2147483647, not -1'],
  [{ connectRate: 0 }, 'option connectRate must be a whole number from 1 to 1099511627776, not 0'],
  [{ connectRate: { per: 1 } },
    'option connectRate is wrong: it needs connections, such as { connections: 10, per: 1000 }'],
  [{ maxConnectionsPerAddress: 0 },
    'option maxConnectionsPerAddress must be a whole number from 1 to 2147483648, not 0'],
]) {
  assert.throws(() => http.createServer(options), { message });
}
http.createServer({
  connectRate: false, maxConnectionsPerAddress: 1, websocket: { rateLimit: false, maxLifetime: 0 },
});
