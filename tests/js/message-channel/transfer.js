// Buffers and ports move with a message: whoever sends them has them no more.
import assert from 'assert';

const { port1, port2 } = new MessageChannel();
const inner = new MessageChannel();
const bytes = new Uint8Array([1, 2, 3]);
inner.port1.postMessage('sent before the port moved');
port1.postMessage({ bytes, port: inner.port2 }, [bytes.buffer, inner.port2]);
assert.equal(bytes.length, 0);
assert.throws(() => port1.postMessage(0, [inner.port2]), {
  name: 'DataCloneError', message: 'the MessagePort is closed, or was transferred before',
});
assert.throws(() => port1.postMessage(0, { transfer: [bytes.buffer] }), {
  name: 'DataCloneError', message: 'the ArrayBuffer is detached: it was transferred before',
});
const said = [];
port2.onmessage = ({ data, ports }) => {
  assert.equal(data.bytes.join(), '1,2,3');
  assert.equal(ports[0], data.port);
  assert(data.port instanceof MessagePort);
  data.port.onmessage = ({ data: message }) => {
    said.push(message);
    data.port.postMessage('back');
    data.port.close();
    port2.close();
  };
};
inner.port1.onmessage = ({ data }) => said.push(data);
process.on('exit', () => assert.deepEqual(said, ['sent before the port moved', 'back']));
