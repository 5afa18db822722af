// What cannot be sent is an error, and nothing moves then.
import assert from 'assert';

const { port1, port2 } = new MessageChannel();
const buffer = new ArrayBuffer(4);
const fails = (run, name, message) => {
  assert.throws(run, message === undefined ? { name } : { name, message });
};
fails(() => port1.postMessage({ f: [() => 1] }, [buffer]), 'DataCloneError',
  "the function '' at value.f[0] could not be cloned");
assert.equal(buffer.byteLength, 4);
fails(() => port1.postMessage(1, [port1]), 'DataCloneError', 'a port cannot be sent through itself');
fails(() => port1.postMessage({ port2 }), 'DataCloneError',
  "an object of class 'MessagePort' at value.port2 could not be cloned");
fails(() => port1.postMessage(1, [buffer, buffer]), 'DataCloneError',
  'the ArrayBuffer is to be transferred twice');
fails(() => port1.postMessage(1, [{}]), 'DataCloneError',
  'only ArrayBuffers and MessagePorts can be transferred');
fails(() => port1.postMessage(1, { transfer: 5 }), 'TypeError');
fails(() => port1.postMessage(), 'TypeError', 'The "message" argument must be specified');
fails(() => new MessagePort(), 'TypeError',
  'Illegal constructor: ports come from new MessageChannel()');
fails(() => MessageChannel(), 'TypeError');
fails(() => MessagePort.prototype.postMessage.call({}, 1), 'TypeError');
// A port that is sent to its own other end can never arrive: both are gone.
port1.postMessage('doomed', [port2]);
port1.onmessage = () => assert.fail();
