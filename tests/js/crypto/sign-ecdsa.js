// ECDSA with each curve and hash, in both encodings of a signature.
import assert from 'assert';
import {
  createPublicKey, createSign, createVerify, generateKeyPairSync, sign, verify,
} from 'crypto';

for (const [namedCurve, bytes] of [['P-256', 32], ['P-384', 48], ['P-521', 66], ['secp256k1', 32]]) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  for (const hash of ['sha1', 'sha256', 'sha512']) {
    for (const dsaEncoding of ['der', 'ieee-p1363']) {
      const signature = createSign(hash).update('he').update('llo').sign({ key: privateKey, dsaEncoding });
      if (dsaEncoding === 'ieee-p1363') assert.equal(signature.length, 2 * bytes);
      const check = (text, given = signature) => createVerify(hash).update(text)
        .verify({ key: publicKey, dsaEncoding }, given);
      assert.equal(check('hello'), true, `${namedCurve} ${hash} ${dsaEncoding}`);
      assert.equal(check('hellO'), false);
      assert.equal(check('hello', Buffer.alloc(signature.length)), false);
      if (dsaEncoding === 'der') assert.equal(check('hello', signature.subarray(1)), false);
      assert.equal(verify(hash, Buffer.from('hello'), { key: publicKey, dsaEncoding }, signature), true);
    }
  }
}

// RFC 6979 A.2.5.
const key = createPublicKey({
  format: 'jwk',
  key: {
    kty: 'EC', crv: 'P-256',
    x: Buffer.from('60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6', 'hex')
      .toString('base64url'),
    y: Buffer.from('7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299', 'hex')
      .toString('base64url'),
  },
});
const signature = Buffer.from('EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716'
  + 'F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8', 'hex');
const given = { key, dsaEncoding: 'ieee-p1363' };
assert.equal(verify('sha256', Buffer.from('sample'), given, signature), true);

// Whoever signs twice gives two signatures.
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const once = sign('sha256', Buffer.from('a'), privateKey);
assert.notDeepEqual(sign('sha256', Buffer.from('a'), privateKey), once);
