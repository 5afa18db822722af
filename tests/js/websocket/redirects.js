// followRedirects: a server's redirect is followed, and credentials go to no other server.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const seen = [];
const other = await serve({
  websocket: { upgrade: (req) => void seen.push(['other', req.url, req.headers.authorization, req.headers.cookie]) },
}, ({ ws, data }) => void ws.send(`other ${data}`));
const { server, url } = await serve({
  websocket: {
    upgrade(req) {
      seen.push(['first', req.url, req.headers.authorization, req.headers.cookie]);
      const to = (location) => ({ status: 302, headers: { Location: location }, body: 'moved' });
      if (req.pathname === '/relative') return to('there?x#part');
      if (req.pathname === '/other') return to(other.url.replace('ws:', 'http:'));
      if (req.pathname === '/loop') return to('/loop');
      if (req.pathname === '/scheme') return to('ftp://127.0.0.1/');
    },
  },
}, ({ ws, data }) => void ws.send(`first ${data}`));
const headers = { Cookie: 'a=b', 'X-Other': 'c' };
const withUser = url.replace('ws://', 'ws://user:pass@');
const basic = `Basic ${btoa('user:pass')}`;

async function answer(address, options) {
  const ws = await open(address, options);
  const told = event(ws, 'message');
  ws.send('here');
  const { data } = await told;
  ws.close();
  await closing(ws);
  return [ws.url, data];
}
const given = `${withUser}/relative`;
assert.deepStrictEqual(await answer(given, { headers, followRedirects: true }), [given, 'first here']);
assert.deepStrictEqual(seen.splice(0), [
  ['first', '/relative', basic, 'a=b'],
  ['first', '/there?x', basic, 'a=b'],
]);
await answer(`${withUser}/other`, { headers, followRedirects: 1 });
assert.deepStrictEqual(seen.splice(0), [
  ['first', '/other', basic, 'a=b'],
  ['other', '/', undefined, undefined],
]);

async function failure(path, followRedirects) {
  const ws = new WebSocket(url + path, { followRedirects });
  const [error, end] = await Promise.all([event(ws, 'error'), closing(ws)]);
  assert.strictEqual(end.code, 1006);
  return error;
}
const refused = await failure('/relative', false);
assert.deepStrictEqual([refused.code, refused.status, refused.body], ['HTTP_302', 302, 'moved']);
assert.strictEqual(refused.headers.location, 'there?x#part');
seen.length = 0;
assert.match((await failure('/loop', 3)).message, /too many redirects/);
assert.strictEqual(seen.length, 4);
assert.strictEqual((await failure('/scheme', true)).code, 'ERR_REDIRECT');
await Promise.all([server.close(), other.server.close()]);
