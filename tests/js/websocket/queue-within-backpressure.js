// A queue that would end the socket when it opens is refused.

import assert from 'assert';

const url = 'ws://127.0.0.1:9/';
assert.throws(
  () => new WebSocket(url, { queue: { maxBytes: 4096 }, maxBackpressure: 1024 }),
  { code: 'ERR_OUT_OF_RANGE', message: /queue\.maxBytes is 4096.*1024 of maxBackpressure/ },
);
const ws = new WebSocket(url, { queue: { maxBytes: 1024 }, maxBackpressure: 1024 });
ws.onerror = () => {};
