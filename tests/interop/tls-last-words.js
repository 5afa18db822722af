// Ends the process right after it has sent something: as a server, or as a client of the URL that
// is its argument. It sends as much as the kernel takes from it in any case: what does not fit there
// is lost when a process exits.

import https from 'https';
import process from 'process';

const words = new Uint8Array(2 ** 19).map((_, index) => index % 251);

function say(ws) {
  ws.send(words);
  ws.send('last');
  process.exit(3);
}

const url = process.argv[2];
if (url) {
  const ws = new WebSocket(url);
  ws.onopen = () => say(ws);
} else {
  const certificates = `${__dirname}/../certificates`;
  const server = https.createServer({
    cert: `${certificates}/server.pem`,
    key: `${certificates}/server.key`,
  }, ({ ws }) => say(ws));
  server.listen(0, () => console.log(server.address().port));
}
