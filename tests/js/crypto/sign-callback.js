// With a callback, signatures are made and checked on a worker thread.
import assert from 'assert';
import { generateKeyPairSync, sign, verify } from 'crypto';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const data = Buffer.from('hello');
let returned = false;
const found = new Promise((resolve) => {
  const result = sign(null, data, privateKey, (error, signature) => {
    assert.ok(returned);
    assert.equal(error, null);
    assert.equal(signature.length, 64);
    verify(null, data, publicKey, signature, (wrong, right) => resolve([wrong, right]));
  });
  assert.equal(result, undefined);
});
returned = true;
assert.deepEqual(await found, [null, true]);

const error = await new Promise((resolve) => sign('sha256', data, privateKey, resolve));
assert.ok(error instanceof Error);
