// A chat: everybody at the same path of the page is in the same room.
//
//   krandog server.js        then open the address that it prints, twice
//
// Environment: PORT (3000; 0 picks a free one).

import http from 'http';
import { files } from 'krandog:files';

const NAME_MAX = 24;
const TEXT_MAX = 2000;

export const server = http.createServer();

server.ws('/room/:name', {
  maxPayload: 16 * 1024,
  open(ws) {
    ws.data = { name: `Guest ${ws.id}` };
    ws.join(ws.params.name);
    tell(ws, { type: 'joined', who: ws.data.name });
  },
  message(ws, data) {
    const { type, text } = parse(data);
    if (typeof text !== 'string' || text.trim() === '') return;
    if (type === 'name') {
      const before = ws.data.name;
      ws.data.name = text.trim().slice(0, NAME_MAX);
      tell(ws, { type: 'renamed', who: ws.data.name, before });
    } else if (type === 'say') {
      tell(ws, { type: 'said', who: ws.data.name, text: text.slice(0, TEXT_MAX) });
    }
  },
  close(ws) {
    tell(ws, { type: 'left', who: ws.data.name });
  },
});

server.get('/*', files(new URL('./public', import.meta.url)));

function tell(ws, message) {
  server.hub.publish(ws.params.name, JSON.stringify(message));
}

// What peers send may be anything.
function parse(data) {
  try {
    return JSON.parse(data) ?? {};
  } catch {
    return {};
  }
}

server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`Chat: http://localhost:${server.address().port}/`);
});
