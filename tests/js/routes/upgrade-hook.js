// The upgrade hook of a route sees req.params, and takes the place of the one of its server.

import assert from 'assert';
import { ask, event, open, serve } from '../../support/network.js';

const { server, url } = await serve(
  { websocket: { upgrade: ({ query }) => query.key === 'server' } },
  ({ ws }) => void ws.send(JSON.stringify([ws.data, ws.params])),
);
server.ws('/own/:user', {
  async upgrade({ params, query }, offered) {
    if (query.key === undefined) {
      return { status: 401, headers: { 'WWW-Authenticate': 'Basic' }, json: { who: params.user } };
    }
    if (query.key === 'thrown') throw Object.assign(new Error('slow down'), { status: 429 });
    return { protocol: offered[1], headers: { 'X-User': params.user }, data: { key: query.key } };
  },
});
server.ws('/inherited/:user', {});

const refusal = async (path) => {
  const { status, headers, body } = await event(new WebSocket(url + path), 'error');
  return [status, headers['www-authenticate'], body];
};
assert.deepStrictEqual(await refusal('/own/ann'), [401, 'Basic', '{"who":"ann"}']);
assert.deepStrictEqual(await refusal('/own/ann?key=thrown'), [429, undefined, 'slow down\n']);
assert.deepStrictEqual(await refusal('/inherited/ann'), [403, undefined, 'forbidden\n']);
assert.deepStrictEqual(await refusal('/none'), [403, undefined, 'forbidden\n']);

const own = await open(`${url}/own/ann?key=1`, ['a', 'b']);
assert.strictEqual(own.protocol, 'b');
assert.strictEqual(await ask(own, ''), '[{"key":"1"},{"user":"ann"}]');
const inherited = await open(`${url}/inherited/bob?key=server`);
assert.strictEqual(await ask(inherited, ''), '[null,{"user":"bob"}]');
await server.close();
