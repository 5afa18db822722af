// Keys from passwords and other keys, by the test data of the RFCs.
import assert from 'assert';
import { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } from 'crypto';
import { promisify } from 'util';

const hex = (memory) => Buffer.from(memory).toString('hex');
const wanted = {
  pbkdf2: '4b007901b765489abead49d926f721d065a429c1',
  hkdf: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  scrypt: 'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830da'
    + 'c727afb94a83ee6d8360cbdfa2cc0640',
};
assert.equal(hex(pbkdf2Sync('password', 'salt', 4096, 20, 'sha1')), wanted.pbkdf2);
assert.equal(hex(await promisify(pbkdf2)('password', 'salt', 4096, 20, 'sha1')), wanted.pbkdf2);
const material = [
  'sha256', Buffer.alloc(22, 0x0b), Buffer.from('000102030405060708090a0b0c', 'hex'),
  Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex'), 42,
];
assert.equal(hex(hkdfSync(...material)), wanted.hkdf);
assert.equal(hex(await promisify(hkdf)(...material)), wanted.hkdf);
const costs = { N: 1024, r: 8, p: 16 };
assert.equal(hex(scryptSync('password', 'NaCl', 64, costs)), wanted.scrypt);
assert.equal(hex(await promisify(scrypt)('password', 'NaCl', 64, costs)), wanted.scrypt);
