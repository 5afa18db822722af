// AES of Web Cryptography: all modes, lengths of tags, and counters that begin anew.
import assert from 'assert';

const { subtle } = crypto;
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const data = new TextEncoder().encode('hello world');

for (const [parameters, name] of [
  [{ iv: new Uint8Array(16) }, 'AES-CBC'], [{ iv: new Uint8Array(12) }, 'AES-GCM'],
  [{ counter: new Uint8Array(16), length: 64 }, 'AES-CTR'],
  [{ iv: new Uint8Array(60), additionalData: data, tagLength: 96 }, 'AES-GCM'],
]) {
  for (const length of [128, 192, 256]) {
    const key = await subtle.generateKey({ name, length }, true, ['encrypt', 'decrypt']);
    assert.deepEqual(key.algorithm, { name, length });
    const sealed = await subtle.encrypt({ name, ...parameters }, key, data);
    const raw = await subtle.exportKey('raw', key);
    const copy = await subtle.importKey('raw', raw, name, false, ['decrypt']);
    assert.equal(hex(await subtle.decrypt({ name, ...parameters }, copy, sealed)), hex(data));
    if (name !== 'AES-GCM') continue;
    new Uint8Array(sealed)[0] ^= 1;
    await assert.rejects(subtle.decrypt({ name, ...parameters }, copy, sealed), {
      name: 'OperationError',
    });
  }
}

// Of the counter, only the last bits count.
const key = await subtle.importKey('raw', new Uint8Array(16).fill(7), 'AES-CTR', true, ['encrypt']);
const counter = new Uint8Array(16).fill(0x55);
counter.set([0xFF, 0xFF, 0xFE], 13);
const stream = async (length) => hex(
  await subtle.encrypt({ name: 'AES-CTR', counter, length }, key, new Uint8Array(64)));
const [all, few] = [await stream(128), await stream(24)];
assert.equal(all.slice(0, 64), few.slice(0, 64));
assert.notEqual(all.slice(64), few.slice(64));
const zero = new Uint8Array(counter);
zero.set([0, 0, 0], 13);
const anew = await subtle.encrypt(
  { name: 'AES-CTR', counter: zero, length: 24 }, key, new Uint8Array(32));
assert.equal(few.slice(64), hex(anew));
await assert.rejects(stream(1), { name: 'OperationError' });
