// A channel that is closed neither sends nor receives, and what it has not heard is dropped.
import assert from 'assert';

const [a, b] = [new BroadcastChannel('closed'), new BroadcastChannel('closed')];
b.onmessage = () => assert.fail();
a.postMessage(1);
b.close();
b.close();
assert.throws(() => b.postMessage(1), {
  name: 'InvalidStateError', message: 'the BroadcastChannel is closed',
});
assert.throws(() => a.postMessage({ f() {} }), { name: 'DataCloneError' });
assert.throws(() => new BroadcastChannel(), { code: 'ERR_MISSING_ARGS' });
// Nobody listens at `a`, so it keeps nothing alive.
a.postMessage(2);
