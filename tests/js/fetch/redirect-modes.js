// `redirect` says what becomes of a redirect: it is followed, an error, or the response.

import assert from 'assert';
import { rejection, serve } from '../../support/fetch.js';

let asked = 0;
const { server, url } = await serve((req) => {
  asked += 1;
  if (req.pathname === '/loop') return { status: 302, headers: { location: '/loop' } };
  if (req.pathname === '/file') return { status: 302, headers: { location: 'file:///etc/passwd' } };
  if (req.pathname === '/bad') return { status: 302, headers: { location: 'http://a b/' } };
  return { status: 302, headers: { location: '/next' }, body: 'moved' };
});
const manual = await fetch(url, { redirect: 'manual' });
assert.deepStrictEqual([manual.status, manual.headers.get('location')], [302, '/next']);
assert.strictEqual(await manual.text(), 'moved');
assert.strictEqual(manual.redirected, false);

const codes = async (target, init) => {
  const error = await rejection(fetch(url + target, init));
  assert.strictEqual(error.message, 'fetch failed');
  return [error.cause.code, error.cause.message];
};
assert.deepStrictEqual(await codes('/', { redirect: 'error' }), [
  'ERR_REDIRECT', "the server redirects (302), and redirect is 'error'",
]);
asked = 0;
assert.deepStrictEqual(await codes('/loop'), ['ERR_REDIRECT', 'more than 20 redirects']);
assert.strictEqual(asked, 21);
assert.match((await codes('/file'))[1], /redirects to file:/);
assert.match((await codes('/bad'))[1], /redirects to what is no URL/);
server.close();
