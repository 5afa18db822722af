// Server-Sent Events: as many clients as come get an event 50 times a second, the same for all.
import http from 'http';
import { event, sse } from 'krandog:sse';

let wake;
let next = new Promise((resolve) => { wake = resolve; });
let id = 0;
setInterval(() => {
  id += 1;
  wake(event({ id, data: 'x'.repeat(64) }));
  next = new Promise((resolve) => { wake = resolve; });
}, 20);

async function* events({ signal }) {
  while (!signal.aborted) yield next;
}

const server = http.createServer(() => sse(events));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
