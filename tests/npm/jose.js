// jose: tokens that are signed and encrypted, with every kind of key, over crypto.subtle.
import assert from 'assert';
import {
  CompactEncrypt, EncryptJWT, SignJWT, calculateJwkThumbprint, compactDecrypt, createLocalJWKSet,
  exportJWK, exportPKCS8, exportSPKI, generateKeyPair, generateSecret, importJWK, importPKCS8,
  importSPKI, jwtDecrypt, jwtVerify,
} from 'jose';

const claims = { sub: 'alice', admin: true };
const signed = (alg, key) => new SignJWT(claims).setProtectedHeader({ alg }).setIssuedAt()
  .setIssuer('krandog').setExpirationTime('2h').sign(key);

for (const alg of ['HS256', 'HS384', 'HS512']) {
  const secret = await generateSecret(alg, { extractable: true });
  const { payload } = await jwtVerify(await signed(alg, secret), secret, { issuer: 'krandog' });
  assert.equal(payload.sub, 'alice');
}

for (const alg of ['ES256', 'ES384', 'ES512', 'EdDSA', 'RS256', 'PS256']) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const token = await signed(alg, privateKey);
  assert.equal((await jwtVerify(token, publicKey)).payload.admin, true, alg);
  const fromPem = await importSPKI(await exportSPKI(publicKey), alg);
  assert.equal((await jwtVerify(token, fromPem)).protectedHeader.alg, alg);
  const again = await signed(alg, await importPKCS8(await exportPKCS8(privateKey), alg));
  const jwk = await exportJWK(publicKey);
  assert.equal((await jwtVerify(again, await importJWK(jwk, alg))).payload.sub, 'alice');
  const kid = await calculateJwkThumbprint(jwk);
  const keys = createLocalJWKSet({ keys: [{ ...jwk, kid, alg }] });
  assert.equal((await jwtVerify(again, keys)).payload.sub, 'alice');
  const wrong = `${token.slice(0, -8)}AAAAAAAA`;
  await assert.rejects(jwtVerify(wrong, publicKey), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
}

for (const enc of ['A128GCM', 'A256GCM', 'A128CBC-HS256', 'A256CBC-HS512']) {
  const secret = await generateSecret(enc, { extractable: true });
  const sealed = await new EncryptJWT(claims).setProtectedHeader({ alg: 'dir', enc }).encrypt(secret);
  assert.equal((await jwtDecrypt(sealed, secret)).payload.sub, 'alice', enc);
}

const text = new TextEncoder().encode('hello');
for (const alg of [
  'RSA-OAEP', 'RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A128KW', 'A256KW', 'A128GCMKW',
  'PBES2-HS256+A128KW',
]) {
  let keys;
  if (alg.startsWith('PBES2')) keys = [Buffer.from('password')];
  else if (/^A\d/.test(alg)) keys = [await generateSecret(alg)];
  else {
    const { publicKey, privateKey } = await generateKeyPair(alg);
    keys = [publicKey, privateKey];
  }
  const sealed = await new CompactEncrypt(text).setProtectedHeader({ alg, enc: 'A256GCM' }).encrypt(keys[0]);
  const options = { keyManagementAlgorithms: [alg] };
  const { plaintext } = await compactDecrypt(sealed, keys.at(-1), options);
  assert.deepEqual(Buffer.from(plaintext), Buffer.from(text), alg);
}
