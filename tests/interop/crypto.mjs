// What Node.js signs, encrypts and agrees on, krandog verifies, decrypts and agrees on, and the other way
// round, with new keys of every kind.

import {
  constants, createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, diffieHellman,
  generateKeyPairSync, privateDecrypt, publicEncrypt, randomBytes, randomInt, sign, verify, webcrypto,
} from 'node:crypto';
import { equal, krandog, run } from '../support/peer.mjs';

const bytes = (text) => Buffer.from(text, 'base64');
const text = (data) => Buffer.from(data).toString('base64');
const { RSA_PKCS1_PSS_PADDING: PSS } = constants;

/** Tells krandog of cases, and returns what it found of each. */
async function ask(cases) {
  const peer = krandog('interop/crypto.js');
  peer.child.stdin.end(JSON.stringify(cases));
  const found = JSON.parse(await peer.line());
  equal(await peer.ended, 0, peer.errors());
  return found;
}

function signingCase([kind, options, hash, how], index) {
  const pair = generateKeyPairSync(kind, options);
  const data = randomBytes(randomInt(1000));
  const passphrase = index % 2 ? 'passphrase' : undefined;
  const encryption = passphrase && { cipher: 'aes-128-cbc', passphrase };
  return ['signing', {
    kind,
    options,
    hash,
    how,
    data: text(data),
    signature: text(sign(hash, data, { key: pair.privateKey, ...how })),
    publicKey: {
      pem: pair.publicKey.export({ format: 'pem', type: 'spki' }),
      der: text(pair.publicKey.export({ format: 'der', type: 'spki' })),
      jwk: kind === 'rsa-pss' ? null : pair.publicKey.export({ format: 'jwk' }),
    },
    privateKey: {
      pem: pair.privateKey.export({ format: 'pem', type: 'pkcs8', ...encryption }), passphrase,
    },
  }];
}

async function signaturesAreRightOnEitherSide() {
  const wishes = [['ed25519', {}, null, {}]];
  for (const namedCurve of ['P-256', 'P-384', 'P-521', 'secp256k1']) {
    for (const hash of ['sha1', 'sha256', 'sha384', 'sha512']) {
      wishes.push(['ec', { namedCurve }, hash, { dsaEncoding: 'der' }]);
      wishes.push(['ec', { namedCurve }, hash, { dsaEncoding: 'ieee-p1363' }]);
    }
  }
  for (const hash of ['sha1', 'sha224', 'sha256', 'sha384', 'sha512']) {
    wishes.push(['rsa', { modulusLength: 1024 }, hash, {}]);
    wishes.push(['rsa', { modulusLength: 1031 }, hash, { padding: PSS, saltLength: 20 }]);
    wishes.push(['rsa', { modulusLength: 1032 }, hash, { padding: PSS }]);
  }
  wishes.push(['rsa-pss', { modulusLength: 1024 }, 'sha256', {}]);
  const fixed = { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 32 };
  wishes.push(['rsa-pss', { modulusLength: 1024, ...fixed }, 'sha256', {}]);
  const cases = wishes.map(signingCase);
  for (const [index, found] of (await ask(cases)).entries()) {
    const [, { data, hash, how, publicKey }] = cases[index];
    const about = JSON.stringify(wishes[index]);
    equal(found.right.every((right) => right), true, about);
    const check = (key, signature) => verify(hash, bytes(data), { key, ...how }, bytes(signature));
    equal(check(publicKey.pem, found.signature), true, about);
    equal(check(found.made.publicKey, found.made.signature), true, about);
    const key = createPrivateKey({ key: found.made.privateKey, passphrase: 'secret' });
    equal(createPublicKey(key).equals(createPublicKey(found.made.publicKey)), true, about);
  }
}

async function ciphersAreTheSame() {
  const cases = [];
  for (const [name, keyLength, ivLengths] of [
    ['aes-128-cbc', 16, [16]], ['aes-192-cbc', 24, [16]], ['aes-256-cbc', 32, [16]],
    ['aes-128-ctr', 16, [16]], ['aes-256-ctr', 32, [16]], ['aes-128-gcm', 16, [12, 1, 16, 17, 64]],
    ['aes-192-gcm', 24, [12]], ['aes-256-gcm', 32, [12, 128]], ['chacha20-poly1305', 32, [12]],
  ]) {
    for (const ivLength of ivLengths) {
      for (const length of [0, 1, 15, 16, 17, 64, randomInt(5000)]) {
        const [key, iv, aad, data] = [keyLength, ivLength, randomInt(50), length].map(
          (size) => randomBytes(size));
        const cipher = createCipheriv(name, key, iv, { authTagLength: 16 });
        const hasTag = /gcm|chacha/.test(name);
        if (hasTag) cipher.setAAD(aad);
        const sealed = Buffer.concat([cipher.update(data), cipher.final()]);
        cases.push(['cipher', {
          name,
          ...Object.fromEntries(Object.entries({ key, iv, aad, data, sealed }).map(
            ([name, value]) => [name, text(value)])),
          tag: hasTag ? text(cipher.getAuthTag()) : undefined,
        }]);
      }
    }
  }
  for (const [index, found] of (await ask(cases)).entries()) {
    const [, { name, data, sealed, tag }] = cases[index];
    equal(found, { opened: data, sealed, ...(tag && { tag }) }, name);
  }
}

async function rsaDecryptsOnEitherSide() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 1100,
    publicKeyEncoding: { format: 'pem', type: 'pkcs1' },
    privateKeyEncoding: { format: 'pem', type: 'pkcs1' },
  });
  const label = randomBytes(10);
  const cases = [
    {}, { oaepHash: 'sha256' }, { oaepHash: 'sha384' }, { oaepLabel: text(label), oaepHash: 'sha1' },
  ].map((how) => {
    const data = randomBytes(20);
    const options = { ...how, oaepLabel: how.oaepLabel && label };
    const sealed = publicEncrypt({ key: publicKey, ...options }, data);
    return ['rsa', { publicKey, privateKey, how, data: text(data), sealed: text(sealed) }];
  });
  for (const [index, found] of (await ask(cases)).entries()) {
    const [, { how, data }] = cases[index];
    equal(found.opened, data);
    const options = { ...how, oaepLabel: how.oaepLabel && label };
    equal(text(privateDecrypt({ key: privateKey, ...options }, bytes(found.sealed))), data);
  }
}

async function secretsAreTheSame() {
  const kinds = [['x25519', {}]];
  for (const namedCurve of ['P-256', 'P-384', 'P-521', 'secp256k1']) kinds.push(['ec', { namedCurve }]);
  const pairs = kinds.map(([kind, options]) => generateKeyPairSync(kind, options));
  const found = await ask(pairs.map(({ publicKey }, index) => ['agreement', {
    kind: kinds[index][0],
    options: kinds[index][1],
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }),
  }]));
  for (const [index, { publicKey, secret }] of found.entries()) {
    const { privateKey } = pairs[index];
    equal(text(diffieHellman({ privateKey, publicKey: createPublicKey(publicKey) })), secret);
  }
}

async function webKeysAreTheSame() {
  const { subtle } = webcrypto;
  const rsa = { modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) };
  const kinds = [
    [{ name: 'ECDSA', namedCurve: 'P-256' }, { name: 'ECDSA', hash: 'SHA-256' }],
    [{ name: 'ECDSA', namedCurve: 'P-521' }, { name: 'ECDSA', hash: 'SHA-512' }],
    [{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', ...rsa }, { name: 'RSASSA-PKCS1-v1_5' }],
    [{ name: 'RSA-PSS', hash: 'SHA-384', ...rsa }, { name: 'RSA-PSS', saltLength: 48 }],
  ];
  const data = randomBytes(100);
  const pairs = await Promise.all(kinds.map(
    ([algorithm]) => subtle.generateKey(algorithm, true, ['sign', 'verify'])));
  const found = await ask(await Promise.all(pairs.map(async ({ publicKey, privateKey }, index) => {
    const [algorithm, how] = kinds[index];
    const [pkcs8, spki, signature] = await Promise.all([
      subtle.exportKey('pkcs8', privateKey), subtle.exportKey('spki', publicKey),
      subtle.sign(how, privateKey, data),
    ]);
    const { publicExponent, ...given } = algorithm;
    return ['web', {
      algorithm: given, how, pkcs8: text(pkcs8), spki: text(spki), data: text(data),
      signature: text(signature),
    }];
  })));
  for (const [index, { right, jwk, signature }] of found.entries()) {
    equal(right, true);
    const { publicKey, privateKey } = pairs[index];
    equal(await subtle.verify(kinds[index][1], publicKey, bytes(signature), data), true);
    const own = await subtle.exportKey('jwk', privateKey);
    const { alg = own.alg, ...rest } = jwk;
    equal({ ...rest, alg }, { ...own, alg });
  }
}

run(null, [
  signaturesAreRightOnEitherSide, ciphersAreTheSame, rsaDecryptsOnEitherSide, secretsAreTheSame,
  webKeysAreTheSame,
]);
