// A server of large files and endless replies that is attacked. Prints its port.

import http from 'http';
import { files } from 'krandog:files';

const server = http.createServer({ requestTimeout: 1000 });
server.post('/count', { body: 'stream' }, async (req) => {
  let bytes = 0;
  for await (const chunk of req.stream()) bytes += chunk.length;
  return `${bytes}`;
});
server.post('/whole', (req) => `${req.body.length}`);
server.post('/never-reads', { body: 'stream' }, () => new Promise(() => {}));
let given = 0;
server.get('/endless', async function* () {
  const chunk = new Uint8Array(65536);
  try {
    for (;;) yield chunk;
  } finally {
    given += 1;
  }
});
server.get('/given-up', () => String(given));
server.get('/memory', () => String(process.memoryUsage.rss()));
server.get('/*', files(process.argv[2]));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
