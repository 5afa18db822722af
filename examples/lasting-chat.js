// A chat whose history outlives it: stop it, start it again, and whoever comes back misses nothing.
//
//   krandog examples/lasting-chat.js         then open the address that it prints, in two windows
//
// Environment: PORT (3000; 0 picks a free one); DATA (lasting-chat.db), the file.
//
// The protocol: every message is one JSON object.
//
// From a client
//   {since}                          first: {epoch, offset} of the last message it has, or null
//   {text}                           at most 2000 characters
//
// From the server
//   {epoch, offset, data: {text, time}}           a message; `time` in ms
//   {status}                                      fresh, recovered or lost: you are in

import http from 'http';
import { SqliteHistory } from 'krandog:history/sqlite';
import { Database } from 'krandog:sqlite';
import { headers } from './page.js';

const TEXT_MAX = 2000;
const DAY_MS = 24 * 60 * 60 * 1000;

const db = new Database(process.env.DATA ?? 'lasting-chat.db');
const server = http.createServer({ websocket: { maxPayload: 16 * 1024 } }, (req) => (
  req.type === 'websocket' ? hear(req.ws, req.data) : answer(req)
));
const history = new SqliteHistory(server.hub, db, { messages: 1000, age: 30 * DAY_MS });

function hear(ws, data) {
  let said;
  try {
    said = JSON.parse(data);
  } catch {
    ws.close(1007, 'JSON, please');
    return;
  }
  if (typeof said?.text === 'string' && said.text !== '') {
    history.publish('chat', { text: said.text.slice(0, TEXT_MAX), time: Date.now() });
  } else {
    const { status } = history.join(ws, 'chat', { since: said?.since, last: 20 });
    ws.send(JSON.stringify({ status }));
  }
}

const html = `<!doctype html>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lasting chat</title>
<ol id="list"></ol><form id="form"><input id="text" maxlength="${TEXT_MAX}" autofocus></form>
<script src="/script.js"></script>
`;

const script = `let since = null;
let ws;
function connect() {
  ws = new WebSocket(location.href.replace('http', 'ws'));
  ws.onopen = () => ws.send(JSON.stringify({ since }));
  ws.onmessage = ({ data }) => {
    const { epoch, offset, data: message, status } = JSON.parse(data);
    if (status === 'lost') list.replaceChildren();
    if (message === undefined) return;
    since = { epoch, offset };
    const item = document.createElement('li');
    item.textContent = new Date(message.time).toLocaleTimeString() + ' ' + message.text;
    list.append(item);
  };
  ws.onclose = () => setTimeout(connect, 1000);
}
connect();
form.onsubmit = () => {
  ws.send(JSON.stringify({ text: text.value }));
  text.value = '';
  return false;
};
`;

function answer(req) {
  if (req.pathname === '/') return { headers: { ...headers, 'content-type': 'text/html' }, body: html };
  if (req.pathname === '/script.js') {
    return { headers: { ...headers, 'content-type': 'text/javascript' }, body: script };
  }
  return { status: 404, body: 'not found\n' };
}

server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`Lasting chat at http://localhost:${server.address().port}/`);
});
