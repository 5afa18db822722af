// The same as sse.js by Node.js, as its users write it: the replies are kept and written to.
import http from 'node:http';

const replies = new Set();
let id = 0;
setInterval(() => {
  id += 1;
  const text = `id: ${id}\ndata: ${'x'.repeat(64)}\n\n`;
  for (const reply of replies) reply.write(text);
}, 20);

const server = http.createServer((request, reply) => {
  reply.writeHead(200, { 'content-type': 'text/event-stream' });
  replies.add(reply);
  request.on('close', () => replies.delete(reply));
});
server.listen(0, '127.0.0.1', 2048, () => console.log(server.address().port));
