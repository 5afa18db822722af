// The signal of a Request is its own, and follows the one that was given.
import assert from 'assert';

const controller = new AbortController();
const request = new Request('http://a.example', { signal: controller.signal });
const early = request.signal;
assert.notStrictEqual(early, controller.signal);
const copy = request.clone();
const next = new Request(request);
const without = new Request(request, { signal: null });
let heard = 0;
early.addEventListener('abort', () => { heard += 1; });
controller.abort('why');
assert.strictEqual(heard, 1);
for (const { signal } of [request, copy, next]) {
  assert.deepStrictEqual([signal.aborted, signal.reason], [true, 'why']);
}
assert.strictEqual(without.signal.aborted, false);
assert.strictEqual(new Request('http://a.example', { signal: AbortSignal.abort() }).signal.aborted, true);
