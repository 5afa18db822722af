// A JSON service: notes that are made, read, changed and deleted over HTTP, and a WebSocket that
// tells of every change.
//
//   krandog server.js
//   curl localhost:3000/notes -d '{"text": "buy milk"}'
//   curl localhost:3000/notes
//
// Environment: PORT (3000; 0 picks a free one).

import http from 'http';
import { files } from 'krandog:files';

const notes = new Map();
let last = 0;

class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const server = http.createServer();

// Refusals are told as JSON. Anything else that is thrown is a bug: krandog prints it, and answers
// with 500.
server.use(async (req, next) => {
  try {
    return await next();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, json: { error: error.message } };
  }
});

server
  .get('/notes', () => ({ json: Array.from(notes.values()) }))
  .post('/notes', (req) => {
    const note = { id: last += 1, text: textOf(req) };
    notes.set(note.id, note);
    tell('made', note);
    return { status: 201, headers: { Location: `/notes/${note.id}` }, json: note };
  })
  .get('/notes/:id', ({ params }) => ({ json: find(params.id) }))
  .put('/notes/:id', (req) => {
    const note = find(req.params.id);
    note.text = textOf(req);
    tell('changed', note);
    return { json: note };
  })
  .delete('/notes/:id', ({ params }) => {
    const note = find(params.id);
    notes.delete(note.id);
    tell('deleted', note);
    return { status: 204 };
  })
  .ws('/changes', { open: (ws) => ws.join('changes') })
  .get('/*', files(new URL('./public', import.meta.url)));

function find(id) {
  const note = notes.get(Number(id));
  if (note === undefined) throw new Refusal(404, `there is no note ${id}`);
  return note;
}

function textOf(req) {
  let text;
  try {
    ({ text } = req.json);
  } catch {
    throw new Refusal(400, 'the body is not JSON');
  }
  if (typeof text !== 'string' || text === '') throw new Refusal(422, 'a note needs a text');
  return text;
}

function tell(what, note) {
  server.hub.publish('changes', JSON.stringify({ what, note }));
}

server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`API: http://localhost:${server.address().port}/`);
});
