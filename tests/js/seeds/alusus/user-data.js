// A value of the program's own for each path, and one for each connection.

import assert from 'assert';
import { ask, open, serve } from '../../../support/network.js';

const { server, url } = await serve();
function handlers(userData) {
  return {
    upgrade: ({ query }) => ({ data: { ...userData, name: query.name } }),
    message: (ws) => void ws.send(`${ws.data.greeting} ${ws.data.name}`),
  };
}
server.ws('/en', handlers({ greeting: 'Hello' })).ws('/de', handlers({ greeting: 'Hallo' }));
const ada = await open(`${url}/en?name=Ada`);
const konrad = await open(`${url}/de?name=Konrad`);
assert.strictEqual(await ask(ada, ''), 'Hello Ada');
assert.strictEqual(await ask(konrad, ''), 'Hallo Konrad');
await server.close();
