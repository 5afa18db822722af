// krandog's client, put through its paces by the server of npm's ws.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { krandog, overTls, run, serverTls, within, ws as scheme } from '../support/peer.mjs';
import { WebSocketServer } from 'ws';

const commands = {
  close: (ws, code, reason) => ws.close(Number(code), reason),
  async ping(ws, data) {
    ws.ping(data);
    const [answer] = await once(ws, 'pong');
    ws.send(`pong ${answer}`);
  },
  fragments(ws, ...words) {
    words.forEach((word, at) => ws.send(word, { fin: at === words.length - 1 }));
  },
  request(ws) {
    ws.send(JSON.stringify({ path: ws.request.url, test: ws.request.headers['x-test'] }));
  },
  abort: (ws) => ws.terminate(),
};

async function passes(options) {
  const http = overTls ? createSecureServer(serverTls) : createServer();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 0,
    handleProtocols: (offered) => (offered.has('chat.v2') ? 'chat.v2' : false),
    ...options,
  });
  http.on('upgrade', (request, socket, head) => {
    if (request.url === '/refused') {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 3\r\n\r\nno\n');
      return;
    }
    server.handleUpgrade(request, socket, head, (ws) => {
      ws.request = request;
      ws.on('message', (data, isBinary) => {
        const [name, ...rest] = isBinary ? [] : data.toString().split(' ');
        if (Object.hasOwn(commands, name)) commands[name](ws, ...rest);
        else ws.send(data, { binary: isBinary });
      });
    });
  });
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const client = krandog('interop/client.js', [`${scheme}://127.0.0.1:${http.address().port}`]);
  // Its steps are of no interest when all goes well.
  client.child.stdout.resume();
  const code = await within(25, client.ended);
  http.close();
  if (code !== 0) throw new Error(`exit code ${code}\n${client.errors()}`);
}

async function withoutCompression() {
  await passes({ perMessageDeflate: false });
}

async function withCompressionOnOffer() {
  await passes({ perMessageDeflate: { threshold: 0 } });
}

await run(null, [withoutCompression, withCompressionOnOffer]);
