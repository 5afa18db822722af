// close() ends the request, and no event comes after it.
import assert from 'assert';

let signal;
let cancelled = false;
const source = new EventSource('http://a.example/', {
  withCredentials: true,
  fetch: async (url, init) => {
    signal = init.signal;
    assert.strictEqual(init.credentials, 'include');
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\ndata: 2\n\n')),
      cancel: () => { cancelled = true; },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  },
});
assert.strictEqual(source.withCredentials, true);
const seen = [];
source.onerror = () => assert.fail('an error');
await new Promise((resolve) => {
  source.onmessage = ({ data }) => {
    seen.push(data);
    source.close();
    resolve();
  };
});
assert.deepStrictEqual([source.readyState, signal.aborted], [EventSource.CLOSED, true]);
await new Promise((resolve) => setTimeout(resolve, 1));
assert.deepStrictEqual([seen, cancelled], [['1'], true]);
source.close();

// One that is closed at once never opens, nor keeps the program alive.
const early = new EventSource('http://a.example/', { fetch: () => new Promise(() => {}) });
early.onopen = () => assert.fail('it is open');
early.close();
assert.strictEqual(early.readyState, 2);
