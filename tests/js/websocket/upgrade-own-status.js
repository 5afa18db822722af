// An upgrade hook that returns a reply with a status, or a promise of one, refuses with it.

import assert from 'assert';
import { event, serve } from '../../support/network.js';

const replies = {
  '/text': { status: 401, headers: { 'WWW-Authenticate': 'Basic' }, body: 'who are you?' },
  '/json': { status: 429, json: { wait: 'a little' } },
  '/bare': { status: 410 },
  '/unusual': { status: 200, body: 'a page, and no WebSocket' },
};
const { server, url } = await serve({
  websocket: {
    upgrade({ pathname, query }) {
      const reply = replies[pathname];
      return query.late === undefined ? reply : Promise.resolve(reply);
    },
  },
});
const said = { '/text': /who are you\?/, '/json': /"wait":"a little"/, '/unusual': /a page/ };
for (const [path, { status }] of Object.entries(replies)) {
  for (const query of ['', '?late']) {
    const error = await event(new WebSocket(url + path + query), 'error');
    assert.deepStrictEqual([error.status, error.code], [status, `HTTP_${status}`]);
    if (said[path]) assert.match(error.message, said[path]);
  }
}
await server.close();
