// What is known of ciphers.
import assert from 'assert';
import { getCipherInfo, getCiphers, getCurves } from 'crypto';

assert.deepEqual({ ...getCipherInfo('aes-128-cbc') }, {
  mode: 'cbc', name: 'aes-128-cbc', nid: 419, blockSize: 16, ivLength: 16, keyLength: 16,
});
assert.deepEqual({ ...getCipherInfo('AES-256-GCM') }, {
  mode: 'gcm', name: 'id-aes256-gcm', nid: 901, blockSize: 1, ivLength: 12, keyLength: 32,
});
assert.deepEqual({ ...getCipherInfo('aes192') }.name, 'aes-192-cbc');
assert.deepEqual({ ...getCipherInfo('chacha20-poly1305') }, {
  mode: 'stream', name: 'chacha20-poly1305', nid: 1018, ivLength: 12, keyLength: 32,
});
assert.deepEqual({ ...getCipherInfo('aes-128-ecb') }, {
  mode: 'ecb', name: 'aes-128-ecb', nid: 418, blockSize: 16, keyLength: 16,
});
assert.equal(getCipherInfo(904).name, 'aes-128-ctr');
assert.equal(getCipherInfo('none'), undefined);
assert.equal(getCipherInfo('aes-128-cbc', { keyLength: 12 }), undefined);
assert.equal(getCipherInfo('aes-128-cbc', { ivLength: 12 }), undefined);
assert.equal(getCipherInfo('aes-128-gcm', { ivLength: 8 }).ivLength, 8);
assert.throws(() => getCipherInfo(), { code: 'ERR_INVALID_ARG_TYPE' });
for (const name of ['aes-128-cbc', 'aes-256-gcm', 'aes256', 'chacha20-poly1305']) {
  assert.ok(getCiphers().includes(name), name);
}
for (const name of ['prime256v1', 'secp256k1', 'secp384r1', 'secp521r1']) {
  assert.ok(getCurves().includes(name), name);
}
