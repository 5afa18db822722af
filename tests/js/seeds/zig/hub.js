// Every server has a hub, and one hub may be that of several. It ends with the connections in it.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { pair, settled } from '../../../support/rooms.js';
import { serve } from '../../../support/network.js';

const alone = await serve({});
assert(alone.server.hub instanceof Hub);
assert.strictEqual(alone.server.hub, alone.server.hub);
await alone.server.close();

const hub = new Hub();
const [one, two] = await Promise.all([serve({ hub }), serve({ hub })]);
assert.strictEqual(one.server.hub, hub);
const all = [await pair(one.server, one.url), await pair(two.server, two.url)];
for (const { ws } of all) hub.join(ws, 'room');
assert.strictEqual(hub.publish('room', 'to both').sent, 2);
await settled(all);
assert.deepStrictEqual(all.map(({ heard }) => heard), [['to both'], ['to both']]);
await Promise.all([one.server.close(), two.server.close()]);
assert.deepStrictEqual([hub.rooms(), hub.size('room')], [[], 0]);
