// A server over TLS for peers that misbehave. Prints its port; echoes; /closed tells how WebSockets
// have ended.

import https from 'https';

const certificates = `${__dirname}/../certificates`;
const closed = [];
const server = https.createServer({
  cert: `${certificates}/server.pem`,
  key: `${certificates}/server.key`,
  handshakeTimeout: 500,
  websocket: {
    close(ws) {
      closed.push(ws.closeInfo);
    },
  },
}, (req) => {
  if (req.type === 'http') return { json: req.pathname === '/closed' ? closed : null };
  req.ws.send(req.data);
  return undefined;
});
server.listen(0, () => console.log(server.address().port));
