// Routes can be added while a server listens. What is open stays where it is.

import assert from 'assert';
import { ask, open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws }) => void ws.send('plain'));
const before = await open(`${url}/chat/1`);
assert.strictEqual(await ask(before, ''), 'plain');
server.ws('/chat/:x', { message: (ws) => void ws.send(`route ${ws.params.x}`) });
assert.strictEqual(await ask(await open(`${url}/chat/2`), ''), 'route 2');
assert.strictEqual(await ask(before, ''), 'plain');
server.ws('/other', { message: (ws) => void ws.send('other') });
assert.strictEqual(await ask(await open(`${url}/other`), ''), 'other');
assert.strictEqual(await ask(await open(`${url}/chat/3`), ''), 'route 3');
await server.close();
