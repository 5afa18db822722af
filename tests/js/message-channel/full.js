// What waits for a port is bounded; the error says how much waits, and the rest arrives.
import assert from 'assert';

const { port1, port2 } = new MessageChannel();
const bytes = new Uint8Array(16 << 20);
let sent = 0;
assert.throws(() => {
  for (; sent < 20; sent++) port1.postMessage(bytes);
}, {
  name: 'QuotaExceededError',
  message: /^7 messages of 1174\d+ bytes in all wait at the other end of the port: wait for an answer/,
});
let received = 0;
port2.onmessage = () => {
  if (++received < sent) return;
  // There is room again.
  port1.postMessage('small');
  port2.onmessage = ({ data }) => {
    assert.equal(data, 'small');
    port1.close();
  };
};
