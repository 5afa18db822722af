// A worker has workers of its own, which end with it; ports connect any two of them.
import assert from 'assert';

const inner = `
  onmessage = ({ ports: [port] }) => {
    port.postMessage('from the inner one');
    setInterval(() => {}, 1000);
  };
`;
const code = `
  const inner = new Worker(${JSON.stringify(inner)}, { eval: true });
  onmessage = ({ ports }) => inner.postMessage(0, ports);
`;
const outer = new Worker(code, { eval: true });
const { port1, port2 } = new MessageChannel();
const said = [];
port1.onmessage = ({ data }) => {
  said.push(data);
  outer.terminate();
};
port1.onclose = () => said.push('closed');
outer.postMessage(0, [port2]);
process.on('exit', () => assert.deepEqual(said, ['from the inner one', 'closed']));
