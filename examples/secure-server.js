// Echoes WebSocket messages over TLS, and takes up a renewed certificate without losing anybody.
//
//   CERT=fullchain.pem KEY=privkey.pem krandog examples/secure-server.js
//   kill -HUP <its process id>       # after the files have been renewed
//
// Environment: PORT (3000; 0 picks a free one), CERT and KEY (files in PEM).
//
// For a try without a certificate, any other example speaks TLS with one made for the moment:
//
//   krandog --tls-self-signed examples/echo-server.js

import https from 'https';

const { CERT: cert, KEY: key, PORT: port = '3000' } = process.env;
if (!cert || !key) {
  console.error('CERT and KEY must name the files of a certificate and of its key');
  process.exit(1);
}

const server = https.createServer({ cert, key }, (req) => {
  if (req.type === 'websocket') {
    req.ws.send(req.data);
    return; // A WebSocket message has no HTTP reply.
  }
  return { type: 'text', body: 'Open a WebSocket to this address, and it echoes.\n' };
});

process.on('SIGHUP', () => {
  try {
    // Connections that are there keep the certificate that they began with.
    server.setSecureContext({ cert, key });
    console.log('New connections get the certificate that is in the files now.');
  } catch (error) {
    console.error(`The certificate stays as it was: ${error.message}`);
  }
});

server.listen(Number(port), () => {
  console.log(`Secure echo server: wss://localhost:${server.address().port}/`);
});
