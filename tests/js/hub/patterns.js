// Who has subscribed to a pattern hears every room that it matches, once, member or not.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(3);
const { hub } = server;
const [part, any, member] = all;
assert.strictEqual(hub.subscribe(part.ws, 'game.*'), true);
assert.strictEqual(hub.subscribe(part.ws, 'game.*'), false);
hub.subscribe(any.ws, '**');
hub.subscribe(any.ws, 'game.**');
hub.join(any.ws, 'game.1');
hub.join(member.ws, 'game.1');
assert.strictEqual(hub.publish('game.1', 'a').sent, 3);
assert.strictEqual(hub.publish('game.1.chat', 'b').sent, 1);
assert.strictEqual(hub.publish('game.2', 'c', { except: any.ws }).sent, 1);
assert.strictEqual(hub.publish('other', 'd').sent, 1);
assert.deepStrictEqual(hub.patterns(any.ws).sort(), ['**', 'game.**']);
assert.deepStrictEqual([hub.size('game.1'), hub.has('game.2')], [2, false], 'they are no members');
assert.strictEqual(hub.unsubscribe(part.ws, 'game.*'), true);
assert.strictEqual(hub.unsubscribe(part.ws, 'game.*'), false);
hub.publish('game.3', 'e');
await settled(all);
assert.deepStrictEqual(all.map(({ heard }) => heard.join('')), ['ac', 'abde', 'a']);
await server.close();
