// A worker may serve: its sockets are its own, and end with it.
import assert from 'assert';

const code = `
  import http from 'http';
  const server = http.createServer((req) => req.type === 'websocket' && req.ws.send(\`got \${req.data}\`));
  server.listen(0, () => postMessage(server.address().port));
`;
const worker = new Worker(code, { eval: true });
const { data: port } = await new Promise((resolve) => {
  worker.onmessage = resolve;
});
const ws = new WebSocket(`ws://localhost:${port}`);
ws.onopen = () => ws.send('hello');
const { data } = await new Promise((resolve) => {
  ws.onmessage = resolve;
});
assert.equal(data, 'got hello');
const closed = new Promise((resolve) => {
  ws.onclose = resolve;
});
await worker.terminate();
await closed;
