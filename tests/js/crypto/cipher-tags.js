// What is authenticated is refused if anything of it has changed; tags can be shorter.
import assert from 'assert';
import { createCipheriv, createDecipheriv } from 'crypto';

const key = Buffer.alloc(32, 1);
const iv = Buffer.alloc(12, 2);
const refused = { message: 'Unsupported state or unable to authenticate data' };

function seal(name, authTagLength) {
  const cipher = createCipheriv(name, key, iv, { authTagLength });
  cipher.setAAD(Buffer.from('about'));
  const data = Buffer.concat([cipher.update('secret'), cipher.final()]);
  return [data, cipher.getAuthTag()];
}

function unseal(name, data, tag, about, authTagLength) {
  const decipher = createDecipheriv(name, key, iv, { authTagLength });
  decipher.setAAD(Buffer.from(about));
  if (tag) decipher.setAuthTag(tag);
  return decipher.update(data, undefined, 'utf8') + decipher.final('utf8');
}

for (const name of ['aes-256-gcm', 'chacha20-poly1305']) {
  for (const length of [16, 12, 4]) {
    const [data, tag] = seal(name, length);
    assert.equal(tag.length, length);
    assert.equal(unseal(name, data, tag, 'about', length), 'secret');
    const [wrongTag, wrongData] = [Buffer.from(tag), Buffer.from(data)];
    wrongTag[length - 1] ^= 1;
    wrongData[0] ^= 1;
    assert.throws(() => unseal(name, data, wrongTag, 'about', length), refused);
    assert.throws(() => unseal(name, wrongData, tag, 'about', length), refused);
    assert.throws(() => unseal(name, data, tag, 'abouT', length), refused);
    assert.throws(() => unseal(name, data, undefined, 'about', length), refused);
  }
}

const invalid = { name: 'TypeError', code: 'ERR_CRYPTO_INVALID_AUTH_TAG' };
assert.throws(() => createCipheriv('aes-256-gcm', key, iv, { authTagLength: 3 }), invalid);
assert.throws(() => createCipheriv('chacha20-poly1305', key, iv, { authTagLength: 17 }), invalid);
const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
assert.throws(() => decipher.setAuthTag(Buffer.alloc(12)), {
  ...invalid, message: 'Invalid authentication tag length: 12',
});
decipher.setAuthTag(Buffer.alloc(16));
assert.throws(() => decipher.setAuthTag(Buffer.alloc(16)), { code: 'ERR_CRYPTO_INVALID_STATE' });
const cipher = createCipheriv('aes-256-gcm', key, iv);
assert.throws(() => cipher.getAuthTag(), { code: 'ERR_CRYPTO_INVALID_STATE' });
cipher.update('a');
assert.throws(() => cipher.setAAD(iv), { code: 'ERR_CRYPTO_INVALID_STATE' });
