// Contents that are coded are decoded, and whatever is wrong with them is an error of the body.

import assert from 'assert';
import { rejection, serve } from '../../support/fetch.js';

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const text = 'hello, hello, hello, hello';
const coded = {
  gzip: '1f8b0800000000000003cb48cdc9c9d751c8c0a40055a382771a000000',
  deflate: '789ccb48cdc9c9d751c8c0a4007c160935',
  br: '1b1900f88d946ede44095286966c2c6f314f24b0e300',
  zstd: '28b52ffd04586d00003868656c6c6f2c2001004a8a118f995337',
};
const bomb = 'cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd1fffffffe09f0088c30200ddfb3ffeff'
  + 'ffc13f0110870500baf77ff9ffff877f02200e0b0074efff00';
const { server, url } = await serve((req) => {
  const { coding, hex, body } = req.query;
  return { headers: { 'content-encoding': coding }, body: hex === undefined ? body : bytes(hex) };
});
const ask = (coding, hex, init) => fetch(`${url}/?coding=${coding}&hex=${hex}`, init);

for (const [coding, hex] of Object.entries(coded)) {
  const response = await ask(coding, hex);
  assert.strictEqual(await response.text(), text, coding);
  assert.strictEqual(response.headers.get('content-encoding'), coding);
  const raw = await ask(coding, hex, { decompress: false });
  assert.deepStrictEqual([...await raw.bytes()], [...bytes(hex)]);
  const cut = await ask(coding, hex.slice(0, -4));
  const error = await rejection(cut.text());
  assert.strictEqual(error.message, 'fetch failed');
  assert.strictEqual(error.cause.code, 'ERR_CONTENT_DECODING');
  assert.strictEqual((await ask(coding, hex, { method: 'HEAD' })).status, 200);
}
const plain = await fetch(`${url}/?coding=br&body=<html>`);
assert.match((await rejection(plain.text())).cause.message, /the content is not br/);
assert.strictEqual(await (await fetch(`${url}/?coding=unknown&body=as+it+is`)).text(), 'as it is');
const bombed = await rejection((await ask('br', bomb)).arrayBuffer());
assert.match(bombed.cause.message, /grows to more than 1100 times its size/);
server.close();
