// The functions of `events` that take an EventTarget or a signal.
import assert from 'assert';
import { addAbortListener, getEventListeners, on, once } from 'events';

const target = new EventTarget();
const listener = () => {};
target.addEventListener('a', listener);
assert.deepStrictEqual(getEventListeners(target, 'a'), [listener]);
assert.throws(() => getEventListeners({}, 'a'), { code: 'ERR_INVALID_ARG_TYPE' });

const next = once(target, 'a');
target.dispatchEvent(new Event('a'));
assert.strictEqual((await next)[0].type, 'a');
await assert.rejects(once(target, 'a', { signal: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });
await assert.rejects(once(target, 'a', { signal: AbortSignal.abort('why') }), {
  name: 'AbortError', code: 'ABORT_ERR', cause: 'why',
});
const events = on(target, 'a');
assert.throws(() => events.throw('no error'), { code: 'ERR_INVALID_ARG_TYPE' });
await events.return();

const controller = new AbortController();
let aborted = 0;
addAbortListener(controller.signal, () => aborted++);
controller.abort();
addAbortListener(controller.signal, () => aborted++);
await null;
assert.strictEqual(aborted, 2);
