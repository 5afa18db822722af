// A server with a route each for chats, echoes, guests and data. Prints its port.

import http from 'http';

const server = http.createServer();
server
  .get('/', () => ({ type: 'html', body: '<p>page</p>' }))
  .use('/guarded/*', ({ query }, next) => (query.key === '1' ? next() : { status: 401, body: 'key?' }))
  .ws('/chat/:room', {
    protocols: ['chat.v2', 'chat.v1'],
    relay: ({ params }) => params.room,
    autoReply: [{ match: 'ping', reply: 'pong' }],
    open: (ws) => ws.join(ws.params.room),
  })
  .ws('/echo/:name', async (ws) => {
    for await (const data of ws) ws.send(typeof data === 'string' ? `${ws.params.name} ${data}` : data);
  })
  .ws('/guarded/:user', {
    maxPayload: 16,
    perMessageDeflate: { threshold: 0 },
    upgrade: async ({ params }) => ({ headers: { 'X-User': params.user }, data: params.user }),
    message: (ws, data) => void ws.send(`${ws.data} ${data}`),
  });
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
