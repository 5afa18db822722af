// A server of files, in the folder that the argument names. Prints its port.

import http from 'http';
import https from 'https';
import { files } from 'krandog:files';

const root = process.argv[2];
const tls = process.argv[3] && { cert: `${process.argv[3]}/server.pem`, key: `${process.argv[3]}/server.key` };
const server = tls ? https.createServer(tls) : http.createServer();
server.get('/listed/*', files(root, { listing: true, index: false }));
server.get('/hidden/*', files(root, { dotfiles: true, precompressed: false }));
server.get('/assets/*', files(root, { maxAge: 60, immutable: true, headers: { 'x-own': 'yes' } }));
server.get('/aged/*', files(root, { maxAge: 5, fallback: 'index.html' }));
server.get('/one', files(`${root}/hello.txt`));
const inside = files(root);
server.get('/by-hand/:name', (req) => inside(req, `${req.params.name}.txt`));
const wrapped = files(root);
server.get('/wrapped/*', async (req) => {
  const reply = await wrapped(req);
  if (reply === undefined) return { status: 404, body: 'nothing here\n' };
  return { status: reply.status, headers: { ...reply.headers, 'x-more': 'yes' }, body: reply.body };
});
server.use('/around/*', files(root));
server.get('/around/*', () => 'behind it');
server.all('/all/*', files(root));
server.get('/*', inside);
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
