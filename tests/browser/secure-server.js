// Serves a page over https, and echoes messages over wss. Its argument is the name of a
// certificate. Prints its port.

import https from 'https';
import process from 'process';

const at = `${__dirname}/../certificates/${process.argv[2]}`;
const server = https.createServer({
  cert: `${at}.pem`,
  key: `${at}.key`,
  websocket: { perMessageDeflate: true },
}, (req) => {
  if (req.type === 'http') return { headers: { 'content-type': 'text/html' }, body: '<p>hello' };
  req.ws.send(req.data);
  return undefined;
});
server.listen(0, () => console.log(server.address().port));
