// Redirects are followed, with the method that the standard has for the next request.

import assert from 'assert';
import { serve } from '../../support/fetch.js';

const { server, url } = await serve((req) => {
  const [, status, target] = /^\/(\d+)(.*)$/.exec(req.url) ?? [];
  if (!status) return `${req.method} ${req.url} ${req.headers['content-type'] ?? '-'} ${req.body}`;
  return { status: Number(status), headers: { location: target || '/end' }, body: 'elsewhere' };
});
const post = { method: 'POST', body: 'x' };
const put = { method: 'PUT', body: 'x' };
const kept = 'text/plain;charset=UTF-8 x';
for (const [target, init, text] of [
  ['/301', {}, 'GET /end - '],
  ['/301', post, 'GET /end - '],
  ['/302', post, 'GET /end - '],
  ['/303', post, 'GET /end - '],
  ['/303', put, 'GET /end - '],
  ['/302', put, `PUT /end ${kept}`],
  ['/307', post, `POST /end ${kept}`],
  ['/308', post, `POST /end ${kept}`],
  ['/301/302/303/last?a', {}, 'GET /last?a - '],
]) {
  const response = await fetch(url + target, init);
  assert.strictEqual(await response.text(), text, target);
  assert.strictEqual(response.redirected, true);
  assert.strictEqual(new URL(response.url).pathname, text.split(' ')[1].split('?')[0]);
}
// Without a location it is an answer like any other.
const { server: bare, url: there } = await serve(() => ({ status: 302, body: 'nowhere' }));
const answer = await fetch(there);
assert.deepStrictEqual([answer.status, await answer.text()], [302, 'nowhere']);
bare.close();
server.close();
