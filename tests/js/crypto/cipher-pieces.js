// What is encrypted does not depend on the pieces in which it comes.
import assert from 'assert';
import { createCipheriv, createDecipheriv } from 'crypto';

const whole = Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 7) & 0xFF));

/** Pieces of lengths that come again and again. */
function pieces(bytes, lengths) {
  const found = [];
  for (let at = 0, turn = 0; at < bytes.length; at += lengths[turn++ % lengths.length]) {
    found.push(bytes.subarray(at, at + lengths[turn % lengths.length]));
  }
  return found;
}

for (const [name, keyLength, ivLength] of [
  ['aes-128-cbc', 16, 16], ['aes-256-ctr', 32, 16], ['aes-192-ecb', 24, 0], ['aes-256-gcm', 32, 12],
  ['chacha20-poly1305', 32, 12],
]) {
  const [key, iv] = [Buffer.alloc(keyLength, 1), ivLength ? Buffer.alloc(ivLength, 2) : null];
  const hasTag = /gcm|chacha/.test(name);
  const once = createCipheriv(name, key, iv, { authTagLength: 16 });
  const expected = Buffer.concat([once.update(whole), once.final()]);
  for (const lengths of [[1], [15, 16, 17], [64, 63, 2], [100, 0, 1], [129]]) {
    const cipher = createCipheriv(name, key, iv, { authTagLength: 16 });
    const parts = pieces(whole, lengths.filter((length) => length > 0));
    const found = Buffer.concat([...parts.map((part) => cipher.update(part)), cipher.final()]);
    assert.deepEqual(found, expected, `${name} ${lengths}`);
    const decipher = createDecipheriv(name, key, iv, { authTagLength: 16 });
    if (hasTag) {
      assert.deepEqual(cipher.getAuthTag(), once.getAuthTag());
      decipher.setAuthTag(cipher.getAuthTag());
    }
    const back = pieces(found, lengths.filter((length) => length > 0));
    assert.deepEqual(
      Buffer.concat([...back.map((part) => decipher.update(part)), decipher.final()]), whole);
  }
}

// Text comes in and goes out in encodings.
const cipher = createCipheriv('aes-128-cbc', 'k'.repeat(16), 'i'.repeat(16));
const text = cipher.update('caf\u00E9', 'utf8', 'base64') + cipher.final('base64');
const decipher = createDecipheriv('aes-128-cbc', 'k'.repeat(16), 'i'.repeat(16));
assert.equal(decipher.update(text, 'base64', 'utf8') + decipher.final('utf8'), 'caf\u00E9');
