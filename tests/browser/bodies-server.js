// A server of what a browser reads bit by bit, of events, of files in parts, and of forms. The argument
// is a folder. Prints its URL.

import http from 'http';
import { files } from 'krandog:files';
import { sse } from 'krandog:sse';

const said = [];
let proceed = () => {};
const server = http.createServer();

server.get('/', () => ({ type: 'html', body: '<!doctype html><title>bodies</title><audio preload="auto"></audio>' }));
server.get('/said', () => ({ json: said.splice(0) }));

// Each piece comes only after the page has asked for it by other means.
server.get('/pieces', (req) => (async function* () {
  try {
    for (let piece = 0; ; piece += 1) {
      const { promise, resolve } = Promise.withResolvers();
      proceed = resolve;
      req.signal.addEventListener('abort', resolve);
      yield `piece ${piece}`;
      if (await promise === 'last') return;
    }
  } finally {
    said.push(`pieces ended ${req.signal.aborted}`);
  }
})());
server.post('/more', () => {
  proceed();
  return '';
});
server.post('/last', () => {
  proceed('last');
  return '';
});

// Three events a connection; the page comes back for the next.
server.get('/events', () => sse(async function* ({ lastEventId, signal }) {
  said.push(`from ${lastEventId}`);
  const first = Number(lastEventId ?? 0) + 1;
  for (let id = first; id < first + 3; id += 1) {
    yield { id, event: 'count', data: `${id}\nof many` };
  }
  if (first < 7) return;
  yield 'unnamed 🦝';
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  said.push('events ended');
}, { retry: 20 }));

const show = files(process.argv[2]);
server.get('/files/*', async (req) => {
  const reply = await show(req);
  said.push([req.headers.range, reply?.status]);
  return reply;
});

async function read(req) {
  const form = await req.formData();
  const fields = Array.from(form, async ([name, value]) => {
    if (typeof value === 'string') return [name, value];
    const bytes = await value.bytes();
    return [name, value.name, value.type, bytes.length, bytes.reduce((sum, byte) => sum + byte, 0)];
  });
  return { json: await Promise.all(fields) };
}
server.post('/form', read);
server.post('/form-as-it-comes', { body: 'stream' }, read);

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
