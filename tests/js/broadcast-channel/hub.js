// Channels with hubs on one bus hear each other across threads, each message once.
import assert from 'assert';
import { Hub } from 'krandog:hub';

const code = `
  import { Hub } from 'krandog:hub';
  const hub = new Hub({ bus: 'casts' });
  const channel = new BroadcastChannel('news', { hub });
  channel.onmessage = ({ data }) => {
    if (!data.n) return;
    channel.postMessage({ name, heard: data.n });
    if (data.n === 2) channel.close();
  };
  postMessage('ready');
`;
const hub = new Hub({ bus: 'casts' });
const [one, two] = [0, 1].map(() => new BroadcastChannel('news', { hub }));
const other = new BroadcastChannel('other', { hub });
const apart = new BroadcastChannel('news');
other.onmessage = () => assert.fail();
apart.onmessage = () => assert.fail();
const workers = ['a', 'b'].map((name) => new Worker(code, { eval: true, name }));
await Promise.all(workers.map((worker) => new Promise((resolve) => {
  worker.onmessage = resolve;
})));
const heard = [];
const answers = new Promise((resolve) => {
  two.onmessage = ({ data }) => {
    heard.push(data);
    if (heard.filter((it) => it.heard).length === 4) resolve();
  };
});
one.postMessage({ n: 1 });
one.postMessage({ n: 2 });
await answers;
for (const channel of [one, two, other, apart]) channel.close();
assert.deepEqual(heard.slice(0, 2), [{ n: 1 }, { n: 2 }]);
for (const name of ['a', 'b']) {
  assert.deepEqual(heard.filter((it) => it.name === name).map((it) => it.heard), [1, 2]);
}
const channel = new BroadcastChannel('x', { hub });
assert.throws(() => channel.postMessage(new SharedArrayBuffer(1)), { name: 'DataCloneError' });
channel.postMessage([new Date(0), new Map()]);
channel.close();
assert.throws(() => new BroadcastChannel('x', { hub: {} }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new BroadcastChannel('x', { hubs: hub }), { message: /did you mean hub\?/ });
