// A small JSON service: routes, queries, bodies, errors, an asynchronous handler.
//
//   krandog examples/http-server.js
//   curl localhost:3000/notes
//   curl localhost:3000/notes -d '{"text": "buy milk"}'
//   curl localhost:3000/notes/1
//   curl -X DELETE localhost:3000/notes/1
//
// Environment: PORT (3000; 0 picks a free one).

import http from 'http';

const notes = new Map();
let lastId = 0;

// A reply is a string, bytes, or { status, headers, type, body } with `json` in place of `body`.
// `type` is the content type: 'html', 'text', 'json', 'css', 'js', or a full one.
const home = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Notes</title>
<h1>Notes</h1>
<ul>
  <li><a href="/notes">/notes</a>: all of them; <code>?find=milk</code> for those with a word
  <li><a href="/slow?ms=500">/slow?ms=500</a>: an answer that takes its time
  <li><a href="/pixel.gif">/pixel.gif</a>: bytes
</ul>
`;

const gif = atob('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=');
const pixel = Uint8Array.from(gif, (character) => character.charCodeAt(0));

class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function find(id) {
  const note = notes.get(Number(id));
  if (note === undefined) throw new HttpError(404, `there is no note ${id}`);
  return note;
}

function readJson(req) {
  try {
    return req.json ?? {};
  } catch (error) {
    throw new HttpError(400, `the body is not valid JSON: ${error.message}`);
  }
}

const server = http.createServer();

// Errors are told as JSON. Anything else that is thrown is a bug: krandog prints its stack and
// answers with 500. What nothing serves comes out of next() as well, with 404 or 405.
server.use(async (req, next) => {
  try {
    return await next();
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return { status: error.status, json: { error: error.message } };
  }
});

// A WebSocket begins with a request, too.
server.use(({ headers }, next) => {
  if (headers.upgrade === undefined) return next();
  return { status: 400, json: { error: 'only HTTP here' } };
});

server
  .get('/', () => ({ type: 'html', body: home }))

  .get('/notes', ({ query }) => {
    // A name that occurs twice in a query has an array of values: `flat` takes both forms.
    const words = [query.find ?? []].flat();
    const found = Array.from(notes.values())
      .filter(({ text }) => words.every((word) => text.includes(word)));
    return { json: found };
  })

  .post('/notes', (req) => {
    const { text } = readJson(req);
    if (typeof text !== 'string' || text === '') throw new HttpError(422, 'text is missing');
    if (notes.size === 1000) throw new HttpError(507, 'no room for another note');
    const note = { id: lastId += 1, text, from: req.remoteAddress };
    notes.set(note.id, note);
    return { status: 201, headers: { Location: `/notes/${note.id}` }, json: note };
  })

  .get('/notes/:id', ({ params }) => ({ json: find(params.id) }))

  .delete('/notes/:id', ({ params }) => {
    notes.delete(find(params.id).id);
    return { status: 204 };
  })

  // The server answers other requests while this one waits.
  .get('/slow', async ({ query }) => {
    const ms = Math.min(Number(query.ms) || 0, 5000);
    await new Promise((resolve) => setTimeout(resolve, ms));
    return `That took ${ms} ms.\n`;
  })

  .get('/pixel.gif', () => ({
    type: 'image/gif',
    headers: { 'Cache-Control': 'max-age=86400' },
    body: pixel,
  }))

  .listen(Number(process.env.PORT ?? 3000), () => {
    console.log(`HTTP server: http://localhost:${server.address().port}/`);
  });
