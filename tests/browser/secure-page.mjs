// A page over https and its WebSocket over wss, both from one krandog, in a real Chromium that
// takes the certificate of the tests and no other.
// timeout: 120

import assert from 'node:assert';
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { launch } from '../support/browser.mjs';
import { equal, krandog, run } from '../support/peer.mjs';

// Chromium takes this certificate, by the hash of its key (RFC 7469 2.4), as if an authority of the
// system had signed it. No other: the second check relies on that.
const certificate = readFileSync(new URL('../certificates/server.pem', import.meta.url));
const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
const pin = createHash('sha256').update(key).digest('base64');

const browser = await launch(`--ignore-certificate-errors-spki-list=${pin}`);

async function visit(server) {
  const port = Number(await server.line());
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`https://localhost:${port}/`);
  return page;
}

async function aPageAndItsWebSocket() {
  const server = krandog('browser/secure-server.js', ['server']);
  const page = await visit(server);
  equal(await page.evaluate(() => window.isSecureContext), true);
  const { texts, sizes, how, extensions } = await page.evaluate(async () => {
    const ws = new WebSocket(`wss://${window.location.host}/`);
    ws.binaryType = 'arraybuffer';
    const next = (name) => new Promise((resolve, reject) => {
      ws.addEventListener(name, resolve, { once: true });
      const early = ({ type, code }) => reject(new Error(`${type} ${code}, not ${name}`));
      if (name !== 'close') ws.addEventListener('close', early, { once: true });
    });
    await next('open');
    const ask = async (data) => {
      const answer = next('message');
      ws.send(data);
      return (await answer).data;
    };
    const texts = [await ask('hello'), await ask('Grüße 🦝'), await ask('')];
    const sizes = [];
    for (const size of [1, 16_384, 1_000_000]) {
      const sent = new Uint8Array(size).map(() => Math.random() * 256);
      const back = new Uint8Array(await ask(sent));
      sizes.push(back.length === size && back.every((byte, index) => byte === sent[index]));
    }
    const closed = next('close');
    ws.close(4000, 'bye');
    const { code, reason, wasClean } = await closed;
    const how = { code, reason, wasClean };
    return { texts, sizes, how, extensions: ws.extensions };
  });
  equal(texts, ['hello', 'Grüße 🦝', '']);
  equal(sizes, [true, true, true]);
  equal(how, { code: 4000, reason: 'bye', wasClean: true });
  assert.match(extensions, /^permessage-deflate/);
  await page.close();
  await server.end();
}

async function aCertificateThatNobodyTrustsIsRefused() {
  const trusted = krandog('browser/secure-server.js', ['server']);
  const page = await visit(trusted);
  const other = krandog('browser/secure-server.js', ['self-signed']);
  const port = Number(await other.line());
  const outcome = await page.evaluate((at) => new Promise((resolve) => {
    const ws = new WebSocket(`wss://localhost:${at}/`);
    ws.onopen = () => resolve('open');
    ws.onclose = ({ code }) => resolve(code);
  }), port);
  equal(outcome, 1006);
  await page.close();
  await trusted.end();
  await other.end();
}

await run(null, [
  aPageAndItsWebSocket,
  aCertificateThatNobodyTrustsIsRefused,
], () => browser.close());
