// Options of close, and of a server for when a signal ends the process, are checked.

import assert from 'assert';
import http from 'http';

const server = http.createServer(() => {});
const cases = [
  [{ drain: 0 }, /option drain must be a whole number from 1 /],
  [{ drain: '5s' }, /option drain must be a whole number from 1 /],
  [{ spread: -1 }, /option spread must be a whole number from 0 /],
  [{ spred: 5 }, /unknown option spred: did you mean spread\?/],
  [{ spread: 500, drain: 400 }, /spread is 500 ms, but drain cuts off whoever is left after 400 ms/],
  [{ code: 1006 }, /the code must be/],
  [{ reason: 'x'.repeat(124) }, /124 bytes of UTF-8/],
];
for (const [options, message] of cases) {
  assert.throws(() => server.close(options), { message });
}
const inside = [
  [{ drain: 0 }, /option shutdown\.drain must be a whole number from 1 /],
  [{ sread: 5 }, /unknown option shutdown\.sread: did you mean spread\?/],
  // There is a time by default.
  [{ spread: 3_600_000 }, /option shutdown: spread is 3600000 ms, but drain .* after 8000 ms/],
  [true, /option shutdown must be an object/],
];
for (const [shutdown, message] of inside) {
  assert.throws(() => http.createServer({ shutdown }, () => {}), { message });
}
http.createServer({ shutdown: {} }, () => {});
http.createServer({ shutdown: { drain: 10, spread: 10, code: 1012, reason: 'bye' } }, () => {});
await server.close({ drain: 10, spread: 10 });
