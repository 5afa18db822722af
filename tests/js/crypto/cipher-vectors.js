// Ciphers give what NIST SP 800-38A, the specification of GCM and RFC 8439 say.
import assert from 'assert';
import { createCipheriv, createDecipheriv } from 'crypto';

const hex = (text) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const PLAIN = hex('6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51'
  + '30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710');
const KEY = hex('2b7e151628aed2a6abf7158809cf4f3c');
const KEY_192 = hex('8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b');
const KEY_256 = hex('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4');
const IV = hex('000102030405060708090a0b0c0d0e0f');

for (const [name, key, iv, expected] of [
  ['aes-128-ecb', KEY, null, '3ad77bb40d7a3660a89ecaf32466ef97 f5d3d58503b9699de785895a96fdbaaf'
    + '43b1cd7f598ece23881b00e3ed030688 7b0c785e27e8ad3f8223207104725dd4'],
  ['aes-128-cbc', KEY, IV, '7649abac8119b246cee98e9b12e9197d 5086cb9b507219ee95db113a917678b2'
    + '73bed6b8e3c1743b7116e69e22229516 3ff1caa1681fac09120eca307586e1a7'],
  ['aes-192-cbc', KEY_192, IV, '4f021db243bc633d7178183a9fa071e8 b4d9ada9ad7dedf4e5e738763f69145a'
    + '571b242012fb7ae07fa9baac3df102e0 08b0e27988598881d920a9e64f5615cd'],
  ['aes-256-cbc', KEY_256, IV, 'f58c4c04d6e5f1ba779eabfb5f7bfbd6 9cfc4e967edb808d679f777bc6702c7d'
    + '39f23369a9d9bacfa530e26304231461 b2eb05e2c39be9fcda6c19078c6a9d1b'],
  ['aes-128-ctr', KEY, hex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'),
    '874d6191b620e3261bef6864990db6ce 9806f66b7970fdff8617187bb9fffdff'
    + '5ae4df3edbd5d35e5b4f09020db03eab 1e031dda2fbe03d1792170a0f3009cee'],
]) {
  const cipher = createCipheriv(name, key, iv).setAutoPadding(false);
  const found = Buffer.concat([cipher.update(PLAIN), cipher.final()]);
  assert.equal(found.toString('hex'), expected.replaceAll(' ', ''), name);
  const decipher = createDecipheriv(name, key, iv).setAutoPadding(false);
  assert.deepEqual(Buffer.concat([decipher.update(found), decipher.final()]), PLAIN, name);
}

const GCM = {
  key: hex('feffe9928665731c6d6a8f9467308308'),
  plain: hex('d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72'
    + '1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39'),
  aad: hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
};
const CHACHA = {
  key: hex('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f'),
  plain: Buffer.from("Ladies and Gentlemen of the class of '99: If I could offer you only one tip "
    + 'for the future, sunscreen would be it.'),
  aad: hex('50515253c0c1c2c3c4c5c6c7'),
};
for (const [name, { key, plain, aad }, iv, expected, tag] of [
  ['aes-128-gcm', GCM, 'cafebabefacedbaddecaf888', '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e0'
    + '35c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091',
  '5bc94fbc3221a5db94fae95ae7121a47'],
  ['aes-128-gcm', GCM, 'cafebabefacedbad', '61353b4c2806934a777ff51fa22a4755699b2a714fcdc6f83766e5f9'
    + '7b6c742373806900e49f24b22b097544d4896b424989b5e1ebac0f07c23f4598',
  '3612d2e79e3b0785561be14aaca2fccb'],
  ['aes-128-gcm', GCM, '9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728c3c0c951'
    + '56809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b',
  '8ce24998625615b603a033aca13fb894be9112a5c3a211a8ba262a3cca7e2ca701e4a9a4fba43c90ccdcb281d48c7c6f'
    + 'd62875d2aca417034c34aee5', '619cc5aefffe0bfa462af43c1699d050'],
  ['chacha20-poly1305', CHACHA, '070000004041424344454647',
    'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b'
    + '1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc'
    + '3ff4def08e4b7a9de576d26586cec64b6116', '1ae10b594f09e26a7e902ecbd0600691'],
]) {
  const cipher = createCipheriv(name, key, hex(iv), { authTagLength: 16 });
  cipher.setAAD(aad, { plaintextLength: plain.length });
  const found = Buffer.concat([cipher.update(plain), cipher.final()]);
  assert.equal(found.toString('hex'), expected);
  assert.equal(cipher.getAuthTag().toString('hex'), tag);
  const decipher = createDecipheriv(name, key, hex(iv), { authTagLength: 16 });
  decipher.setAAD(aad, { plaintextLength: plain.length }).setAuthTag(hex(tag));
  assert.deepEqual(Buffer.concat([decipher.update(found), decipher.final()]), plain);
}
