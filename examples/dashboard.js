// Measurements come in over HTTP, and go out over WebSockets to pages that draw them.
//
//   krandog examples/dashboard.js            then open the address that it prints
//   curl localhost:3000/telemetry/kitchen -d '{"temperature": 21.5, "humidity": 44}'
//
// Environment: PORT (3000; 0 picks a free one); TOKEN (with it, a source has to send the header
// `Authorization: Bearer` with that token).
//
// The protocol: a WebSocket at /feed hears everything. Every message is one JSON object.
//
// From a page
//   {since}        what it has seen last: {epoch, offset} of a message, or null
//
// From the server
//   {room, epoch, offset, data: {source, time, values}}
//       `values` has a number for each name, `time` is in ms. A page that was away gets what it has
//       missed first. Another `epoch` means that the server has forgotten all before.

import http from 'http';
import { History } from 'krandog:history';
import os from 'os';
import process from 'process';
import { addPage } from './dashboard-page.js';

const KEEP_MS = 5 * 60_000;
const KEEP = 5000; // Measurements, of all sources together.
const SOURCES_MAX = 20;
const VALUES_MAX = 8; // Of one source.
const OFTEN_MS = 100; // A source may send one each of these.
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._%°/-]{0,31}$/u;

const token = process.env.TOKEN ?? '';
const sources = new Map(); // From name to when it was heard last, in that order.

const server = http.createServer({ maxBody: 4096 });
addPage(server);

const history = new History(server.hub, { messages: KEEP, age: KEEP_MS, bytes: 2 ** 21 });

// --- in ---

server.post('/telemetry/:source', (req) => {
  // Sources are programs. A browser says of a page of another site where it comes from.
  if (req.headers.origin !== undefined) return refuse(403, 'pages may not send measurements');
  if (token !== '' && req.headers.authorization !== `Bearer ${token}`) {
    return refuse(401, 'that is not the token', { 'WWW-Authenticate': 'Bearer' });
  }
  const { source = '' } = req.params;
  if (!NAME.test(source)) return refuse(400, 'a source is named with up to 32 letters and digits');
  const values = Array.isArray(req.json) ? [] : Object.entries(req.json ?? {});
  if (values.length === 0 || values.length > VALUES_MAX) {
    return refuse(422, `send an object with 1 to ${VALUES_MAX} numbers`);
  }
  for (const [name, value] of values) {
    if (!NAME.test(name)) return refuse(422, 'a value is named with up to 32 letters and digits');
    if (!Number.isFinite(value)) return refuse(422, `${name} is not a number`);
  }

  const now = Date.now();
  if (now - (sources.get(source) ?? 0) < OFTEN_MS) {
    return refuse(429, 'that is too often', { 'Retry-After': '1' });
  }
  for (const [name, time] of sources) if (now - time > KEEP_MS) sources.delete(name);
  if (!sources.has(source) && sources.size === SOURCES_MAX) return refuse(507, 'too many sources');
  sources.delete(source);
  sources.set(source, now);
  publish(source, Object.fromEntries(values));
  return { status: 204 };
});

function refuse(status, error, headers = {}) {
  return { status, headers, json: { error } };
}

// --- out ---

server.ws('/feed', {
  maxConnections: 1000,
  maxPayload: 1024,
  rateLimit: { messages: 5, per: 1000 },
  message(ws, data) {
    let since;
    try {
      ({ since } = JSON.parse(data));
    } catch {
      return ws.close(1008, 'send {"since": null}');
    }
    // Whatever `since` is, it may have come from anybody: this looks at it with care.
    history.join(ws, 'telemetry', { since, last: KEEP });
  },
});

function publish(source, values) {
  history.publish('telemetry', { source, time: Date.now(), values });
}

// There is always something to see: this server measures itself.
setInterval(() => publish('this server', {
  'memory MiB': process.memoryUsage.rss() / 2 ** 20,
  'load of the machine': os.loadavg()[0] ?? 0,
  pages: server.clients.size,
}), 1000);

server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`Dashboard: http://localhost:${server.address().port}/`);
});
