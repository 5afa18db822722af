// What fails at one end of a pipe fails the other, unless that is prevented.

import assert from 'assert';

const is = (expected) => (reason) => reason === expected;
const log = [];
const failing = () => new ReadableStream({ pull() { throw 'source'; } });
const waiting = () => new ReadableStream({
  pull: (controller) => controller.enqueue('x'),
  cancel: (reason) => { log.push(`cancel ${reason}`); },
});
const recording = () => new WritableStream({ abort: (reason) => { log.push(`abort ${reason}`); } });
const refusing = () => new WritableStream({ write() { throw 'destination'; } });

await assert.rejects(failing().pipeTo(recording()), is('source'));
assert.deepStrictEqual(log.splice(0), ['abort source']);
const kept = recording();
await assert.rejects(failing().pipeTo(kept, { preventAbort: true }), is('source'));
await kept.getWriter().ready;

await assert.rejects(waiting().pipeTo(refusing()), is('destination'));
assert.deepStrictEqual(log.splice(0), ['cancel destination']);
const readable = waiting();
await assert.rejects(readable.pipeTo(refusing(), { preventCancel: true }), is('destination'));
assert.strictEqual((await readable.getReader().read()).value, 'x');
assert.deepStrictEqual(log, []);

// An error while ending counts more.
const aborting = new WritableStream({ abort() { throw 'abort'; } });
await assert.rejects(failing().pipeTo(aborting), is('abort'));
const closed = new WritableStream();
await closed.close();
await assert.rejects(waiting().pipeTo(closed), TypeError);
assert.match(log.join(), /^cancel TypeError/);
