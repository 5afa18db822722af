// A star in the name of a room is a character: a peer that may choose a room hears only that one.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(2);
const { hub } = server;
hub.join(all[0].ws, '**');
hub.join(all[1].ws, 'secret');
hub.publish('secret', 'for members');
hub.publish('**', 'for the room');
await settled(all);
assert.deepStrictEqual(all.map(({ heard }) => heard), [['for the room'], ['for members']]);
await server.close();
