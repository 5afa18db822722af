// What a listener gets: a trusted MessageEvent of the port, with a copy of what was sent.
import assert from 'assert';

const { port1, port2 } = new MessageChannel();
const sent = { list: [1, 2], at: new Date(5), map: new Map([[1, 2]]) };
sent.self = sent;
port1.postMessage(sent);
port2.onmessage = (event) => {
  assert(event instanceof MessageEvent);
  assert.equal(event.target, port2);
  assert.equal(event.isTrusted, true);
  assert.equal(event.origin, '');
  assert.equal(event.source, null);
  assert.equal(event.ports.length, 0);
  assert(Object.isFrozen(event.ports));
  assert.notEqual(event.data, sent);
  assert.deepEqual(event.data.list, [1, 2]);
  assert.equal(event.data.self, event.data);
  assert.equal(event.data.map.get(1), 2);
  port2.close();
  process.exitCode = 0;
};
process.exitCode = 9;
