// A server that sends what it is asked for: a message is JSON of { size, compress?, kind? }. Prints
// its port.

import http from 'http';

const server = http.createServer(
  { websocket: { perMessageDeflate: { threshold: 1000 } } },
  ({ ws, data }) => {
    const { size, kind, ...options } = JSON.parse(data);
    const text = 'a'.repeat(size);
    const values = {
      text: () => text,
      bytes: () => new TextEncoder().encode(text),
      blob: () => new Blob([text]),
    };
    ws.send(values[kind ?? 'text'](), options);
  },
);

server.listen(0, () => console.log(server.address().port));
