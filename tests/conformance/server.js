// The server under test: answers every message with itself.

import { createServer } from 'http';
import { echo, options, tls } from './echo.js';

const server = createServer({ websocket: options, tls }, ({ ws, data }) => {
  echo(ws, data);
});

server.listen({ port: 0, host: '127.0.0.1' }, () => console.log(server.address().port));
