// createServer() refuses what is no handler and options that there are not, and says what it knows.

import assert from 'assert';
import http from 'http';

assert.throws(() => http.createServer('x'), { name: 'TypeError', message: /not 'x'/ });
assert.throws(() => http.createServer({}, 1), { name: 'TypeError', message: /function, not 1/ });
assert.throws(() => http.createServer({ webSocket: {} }), { message: /did you mean websocket\?/ });
assert.throws(() => http.createServer({ websocket: { maxpayload: 1 } }), {
  message: /did you mean maxPayload\?/,
});
for (const maxPayload of [0, -1, 1.5, '1', null, Infinity]) {
  assert.throws(() => http.createServer({ websocket: { maxPayload } }), {
    name: 'RangeError',
    message: /websocket\.maxPayload must be a whole number from 1 to/,
  });
}
assert.throws(() => http.createServer({ websocket: { open: 1 } }), { message: /must be a function/ });
assert.throws(() => http.createServer({ websocket: { protocols: 'chat' } }), TypeError);
assert.throws(() => http.createServer({ websocket: { allowedOrigins: 'example.com' } }), TypeError);
assert(http.createServer() instanceof http.Server);
assert(http.createServer({ websocket: { maxPayload: 1 } }, () => {}) instanceof http.Server);
