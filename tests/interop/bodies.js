// A server whose bodies come and go bit by bit. Prints its port, and then what happens to some.

import http from 'http';
import { sse } from 'krandog:sse';

const said = [];
const failures = [];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function* words(...list) {
  for (const word of list) {
    yield word;
    await null;
  }
}

async function* endless(name, signal, chunk = 'x') {
  try {
    for (;;) {
      yield chunk;
      await sleep(5);
    }
  } finally {
    said.push(`${name} ended ${signal?.aborted}`);
  }
}

let produced = 0;
async function* flood() {
  const chunk = new Uint8Array(16384);
  for (;;) {
    produced += chunk.length;
    yield chunk;
  }
}

const server = http.createServer({ maxBody: 100_000, requestTimeout: 1000, compress: { threshold: 100 } });
server.get('/words', () => words('one ', 'two ', 'three'));
server.get('/typed', () => ({ status: 201, type: 'html', headers: { 'x-a': 'b' }, body: words('<p>', 'hi') }));
server.get('/sized', () => ({ headers: { 'content-length': 6 }, body: words('abc', 'def') }));
server.get('/too-long', () => ({ headers: { 'content-length': 5 }, body: words('abc', 'def') }));
server.get('/too-short', () => ({ headers: { 'content-length': 7 }, body: words('abc', 'def') }));
server.get('/nothing', () => words());
server.get('/empty-chunks', () => words('', 'a', '', 'b', ''));
server.get('/bytes', () => words(new Uint8Array([97]), new Uint8Array([98]).buffer, new Blob(['c'])));
server.get('/sync', () => (function* () {
  yield 'a';
  yield 'b';
})());
server.get('/stream', () => new ReadableStream({
  start(controller) {
    controller.enqueue(new Uint8Array([97, 98]));
    controller.enqueue(new Uint8Array([99]));
    controller.close();
  },
}));
server.get('/response', () => new Response(new ReadableStream({
  start(controller) {
    controller.enqueue(new TextEncoder().encode('streamed'));
    controller.close();
  },
}), { status: 202, headers: { 'content-type': 'text/x-own' } }));
server.get('/no-content', () => ({ status: 204, body: words('never') }));
server.get('/fails-first', () => (async function* () {
  throw new Error('before anything');
})());
server.get('/client-fault', () => (async function* () {
  throw Object.assign(new Error('not like this'), { status: 409 });
})());
server.get('/fails-later', () => (async function* () {
  yield 'some';
  throw new Error('in the middle');
})());
server.get('/wrong-chunk', () => words('some', { no: 'body' }));
server.get('/endless', (req) => endless('endless', req.signal));
server.get('/endless-stream', () => new ReadableStream({
  async pull(controller) {
    await sleep(5);
    controller.enqueue(new Uint8Array([120]));
  },
  cancel() {
    said.push('stream cancelled');
  },
}));
server.get('/flood', () => flood());
server.get('/produced', () => String(produced));
server.get('/said', () => ({ json: said.splice(0) }));
server.get('/waits', async (req) => {
  const { promise, resolve } = Promise.withResolvers();
  req.signal.addEventListener('abort', () => resolve(req.signal.reason.code));
  said.push(`waited ${await promise}`);
  return 'late';
});
server.get('/signal-later', async (req) => {
  const { signal } = req;
  setTimeout(() => said.push(`after the reply ${signal.aborted} ${req.signal === signal}`), 50);
  return 'now';
});
server.use('/around', async (req, next) => {
  const reply = await next();
  reply.headers['x-around'] = 'yes';
  return reply;
});
server.get('/around', () => words('in', 'side'));

server.get('/events', (req) => sse(async function* ({ lastEventId, signal }) {
  try {
    for (let id = Number(lastEventId ?? 0) + 1; ; id += 1) {
      yield { id, event: 'count', data: { id, lines: 'a\nb' } };
      await sleep(5);
    }
  } finally {
    said.push(`events ended ${signal.aborted}`);
  }
}, { retry: 100 }));
server.get('/quiet', () => sse(async function* ({ signal }) {
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  said.push('quiet ended');
}, { keepAlive: 50 }));

const streaming = { body: 'stream' };
server.post('/count', streaming, async (req) => {
  let bytes = 0;
  for await (const chunk of req.stream()) bytes += chunk.length;
  return `${bytes}`;
});
server.post('/text', streaming, async (req) => `${(await req.text()).length}`);
server.post('/slow-count', streaming, async (req) => {
  let bytes = 0;
  for await (const chunk of req.stream()) {
    bytes += chunk.length;
    await sleep(1);
  }
  return `${bytes}`;
});
server.post('/echo', streaming, (req) => req.stream());
server.post('/swell', streaming, (req) => (async function* () {
  for await (const chunk of req.stream()) yield new Uint8Array(chunk.length * 8);
})());
server.post('/refuses', streaming, () => ({ status: 403, body: 'no' }));
server.post('/later', streaming, async (req) => {
  await sleep(200);
  return req.text();
});
server.post('/fails', streaming, async (req) => {
  try {
    for await (const chunk of req.stream()) said.push(`chunk ${chunk.length}`);
  } catch (error) {
    said.push(`upload ${error.code}`);
  }
});
server.post('/sync-body', streaming, (req) => req.body);
server.post('/form', streaming, async (req) => {
  const form = await req.formData();
  return { json: Array.from(form, ([name, value]) => [name, value.name ?? value]) };
});
server.post('/whole', async (req) => `${req.body} ${await req.text()} ${(await req.arrayBuffer()).byteLength}`);
server.post('/whole-form', async (req) => ({ json: Object.fromEntries(await req.formData()) }));

server.get('/html', () => ({ type: 'html', body: '<p>text</p>'.repeat(1000), headers: { etag: '"a"' } }));
server.get('/short', () => ({ type: 'html', body: '<p>' }));
server.get('/png', () => ({ type: 'image/png', body: new Uint8Array(10_000) }));
server.get('/coded', () => ({ type: 'html', headers: { 'content-encoding': 'x' }, body: 'a'.repeat(1000) }));
server.get('/text-stream', () => words('first ', 'second ', 'third'));
server.get('/close', () => {
  setTimeout(() => server.close());
  return 'closing';
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
server.on('close', () => console.log(JSON.stringify(['closed', ...said, ...failures])));
