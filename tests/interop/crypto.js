// The other side of crypto.mjs: reads keys and what was made with them, and prints what it finds, and
// makes in turn.

import {
  createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, diffieHellman,
  generateKeyPairSync, privateDecrypt, publicEncrypt, sign, verify,
} from 'crypto';

const bytes = (text) => Buffer.from(text, 'base64');
const text = (data) => data.toString('base64');

/** What Node.js signed is right, and so will be what is signed here, with the same key and a new one. */
function signing({ kind, options, privateKey, publicKey, hash, how, data, signature }) {
  const forms = [publicKey.pem, { key: bytes(publicKey.der), format: 'der', type: 'spki' },
    { key: publicKey.jwk, format: 'jwk' }].filter((form) => form.key !== null);
  const right = forms.map((form) => verify(
    hash, bytes(data), { key: createPublicKey(form), ...how }, bytes(signature)));
  const key = createPrivateKey(privateKey.passphrase ? {
    key: privateKey.pem, passphrase: privateKey.passphrase,
  } : privateKey.pem);
  const made = generateKeyPairSync(kind, options);
  return {
    right,
    signature: text(sign(hash, bytes(data), { key, ...how })),
    made: {
      publicKey: made.publicKey.export({ format: 'pem', type: 'spki' }),
      privateKey: made.privateKey.export({
        format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret',
      }),
      signature: text(sign(hash, bytes(data), { key: made.privateKey, ...how })),
    },
  };
}

function cipher({ name, key, iv, aad, data, sealed, tag }) {
  const decipher = createDecipheriv(name, bytes(key), bytes(iv), { authTagLength: 16 });
  const cipher = createCipheriv(name, bytes(key), bytes(iv), { authTagLength: 16 });
  if (tag) {
    decipher.setAAD(bytes(aad)).setAuthTag(bytes(tag));
    cipher.setAAD(bytes(aad));
  }
  const opened = Buffer.concat([decipher.update(bytes(sealed)), decipher.final()]);
  const again = Buffer.concat([cipher.update(bytes(data)), cipher.final()]);
  return { opened: text(opened), sealed: text(again), tag: tag && text(cipher.getAuthTag()) };
}

function rsa({ privateKey, publicKey, how, data, sealed }) {
  const options = { ...how, oaepLabel: how.oaepLabel && bytes(how.oaepLabel) };
  return {
    opened: text(privateDecrypt({ key: privateKey, ...options }, bytes(sealed))),
    sealed: text(publicEncrypt({ key: publicKey, ...options }, bytes(data))),
  };
}

function agreement({ kind, options, publicKey }) {
  const made = generateKeyPairSync(kind, options);
  const secret = diffieHellman({ privateKey: made.privateKey, publicKey: createPublicKey(publicKey) });
  return {
    publicKey: made.publicKey.export({ format: 'pem', type: 'spki' }), secret: text(secret),
  };
}

const { subtle } = crypto;
/** The same keys in both Web Cryptographies. */
async function web({ algorithm, how, pkcs8, spki, data, signature }) {
  const publicKey = await subtle.importKey('spki', bytes(spki), algorithm, true, ['verify']);
  const privateKey = await subtle.importKey('pkcs8', bytes(pkcs8), algorithm, true, ['sign']);
  return {
    right: await subtle.verify(how, publicKey, bytes(signature), bytes(data)),
    jwk: await subtle.exportKey('jwk', privateKey),
    signature: text(Buffer.from(await subtle.sign(how, privateKey, bytes(data)))),
  };
}

const KINDS = { signing, cipher, rsa, agreement, web };
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const cases = JSON.parse(Buffer.concat(chunks).toString());
const found = [];
for (const [kind, one] of cases) found.push(await KINDS[kind](one));
console.log(JSON.stringify(found));
