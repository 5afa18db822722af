// https.request and https.get, with the options of TLS beside the others or in an agent.

import assert from 'assert';
import https, { Agent, get } from 'https';
import { emitted } from '../../support/network.js';
import { ca, serve } from '../../support/tls.js';

const { server, url } = await serve({}, (req) => `${req.protocol} ${req.url}`);
const { port } = new URL(url);
const text = async (req) => {
  const response = await emitted(req, 'response');
  let all = '';
  for await (const chunk of response) all += new TextDecoder().decode(chunk);
  return all;
};
assert.strictEqual(await text(get({ host: 'localhost', port, path: '/a', ca })), 'https /a');
const agent = new Agent({ ca });
assert.strictEqual(await text(get(`https://localhost:${port}/b`, { agent })), 'https /b');
assert.strictEqual(await text(https.request({ port, agent, path: '/c' }).end()), 'https /c');
const refused = get(`https://localhost:${port}/`);
assert.strictEqual((await emitted(refused, 'error')).code, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
server.close();
