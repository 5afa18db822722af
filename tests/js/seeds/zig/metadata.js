// Facts about a connection that the program keeps with it.

import assert from 'assert';
import { open, serve } from '../../../support/network.js';

const { server, url } = await serve({
  websocket: {
    open({ metadata, headers }) {
      metadata.set('user_id', headers['x-user-id'] ?? 'anonymous');
      metadata.set('role', 'admin');
    },
  },
});
const named = new Promise((resolve) => server.once('connection', resolve));
await open(url, { headers: { 'X-User-Id': '12345' } });
const { metadata } = await named;
assert.strictEqual(metadata.get('user_id'), '12345');
assert.strictEqual(metadata.get('role'), 'admin');
assert.strictEqual(metadata.get('username'), undefined);
metadata.set('username', 'ada').delete('role');
assert.deepStrictEqual([...metadata], [['user_id', '12345'], ['username', 'ada']]);

const unnamed = new Promise((resolve) => server.once('connection', resolve));
await open(url);
assert.strictEqual((await unnamed).metadata.get('user_id'), 'anonymous');
await server.close();
