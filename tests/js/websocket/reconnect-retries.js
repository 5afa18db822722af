// reconnect.retries: attempts in a row. Only the last that fails has an error event, and its message
// says how many there were.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const { server, url } = await serve({ websocket: { open: (ws) => void (accepted = ws) } });
let accepted;
const options = { reconnect: { minDelay: 1, maxDelay: 1, retries: 3 } };
const attempts = [];

// One that was open.
let ws = await open(url, options);
ws.addEventListener('reconnecting', ({ attempt, code, reason, error, lost }) => {
  attempts.push([attempt, code, error.code]);
  assert.strictEqual(reason, error.message);
  assert.deepStrictEqual(lost, { messages: 0, bytes: 0 });
});
let over = Promise.all([event(ws, 'error'), closing(ws)]);
const closed = server.close();
accepted.terminate();
await closed;
let [error, end] = await over;
assert.deepStrictEqual(attempts, [
  [1, 1006, 'ECONNRESET'], [2, 1006, 'ECONNREFUSED'], [3, 1006, 'ECONNREFUSED'],
]);
assert.strictEqual(error.code, 'ECONNREFUSED');
assert.match(error.message, / \(attempt 3 of 3, option reconnect\.retries\)$/);
assert.deepStrictEqual(end, { code: 1006, reason: '', wasClean: false });

// One that never was.
ws = new WebSocket(url, options);
ws.onreconnected = () => assert.fail('it was not open');
let count = 0;
ws.onreconnecting = ({ attempt }) => assert.strictEqual(attempt, ++count);
[error, end] = await Promise.all([event(ws, 'error'), closing(ws)]);
assert.strictEqual(error.code, 'ECONNREFUSED');
assert.strictEqual(count, 3);

// None at all.
ws = new WebSocket(url, { reconnect: { retries: 0 } });
ws.onreconnecting = () => assert.fail('no attempt is left');
assert.doesNotMatch((await event(ws, 'error')).message, /reconnect/);
