// Certificates and keys in every form, and what makes a client accept one.

import assert from 'assert';
import { ask, open } from '../../support/network.js';
import { ca, file, identity, serve } from '../../support/tls.js';

const echo = (req) => {
  if (req.type === 'websocket') req.ws.send(req.data);
};

async function works(options, tls = { ca }) {
  const { server, url } = await serve(options, echo);
  const ws = await open(url, { tls });
  assert.strictEqual(await ask(ws, 'hello'), 'hello');
  ws.close();
  await server.close();
}

// PKCS#8, SEC1, PKCS#1, DER and PKCS#12.
const cert = file('server.pem');
await works({ cert, key: file('server.key') });
await works({ cert, key: file('server-sec1.key') });
await works({ cert: file('rsa.pem'), key: file('rsa-pkcs1.key') });
await works({ cert: file('server.der'), key: file('server-key.der') });
await works({ cert: undefined, key: undefined, pfx: file('server.p12'), passphrase: 'secret' });

// A certificate that has signed itself is trusted if it is named, also as its own authority.
await works(identity('self-signed'), { ca: file('self-signed.pem') });
await works({}, { ca: [file('other-ca.pem'), ca] });

// Another name than the URL's.
await works(identity('example'), { ca, servername: 'www.example.com' });

// TLS 1.3 alone, on either side.
await works({ minVersion: 'TLSv1.3' });
await works({}, { ca, minVersion: 'TLSv1.3' });

// Whatever comes.
await works(identity('expired'), { rejectUnauthorized: false });
