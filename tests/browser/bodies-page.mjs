// A page in a real Chromium whose krandog streams replies, sends events, shows files and reads forms.
// timeout: 120

import assert from 'node:assert';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '../support/browser.mjs';
import { equal, krandog, run, within } from '../support/peer.mjs';

const browser = await launch();
const folder = mkdtempSync(join(tmpdir(), 'krandog-'));

const RATE = 176_400;
const SECONDS = 600;

// Silence, 16 bits in stereo, of which nothing is on the disk: more than a browser loads ahead.
function makeSound() {
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(36 + RATE * SECONDS, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(RATE / 4, 24);
  head.writeUInt32LE(RATE, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(RATE * SECONDS, 40);
  const file = openSync(join(folder, 'sound.wav'), 'w');
  writeSync(file, head);
  ftruncateSync(file, 44 + RATE * SECONDS);
  closeSync(file);
}
makeSound();
writeFileSync(join(folder, 'digits.txt'), '0123456789');

async function visit() {
  const server = krandog('browser/bodies-server.js', [folder]);
  const url = await server.line();
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  const said = async () => (await fetch(`${url}said`)).json();
  return {
    page,
    said,
    // All that the server says until something in it is as wanted.
    async hears(wanted) {
      const heard = [];
      await within(10, (async () => {
        while (!heard.some(wanted)) heard.push(...await said());
      })());
      return heard;
    },
    async leave() {
      await context.close();
      equal(server.errors(), '');
      await server.end();
    },
  };
}

async function aReplyIsReadAsItComes() {
  const { page, hears, leave } = await visit();
  const pieces = await page.evaluate(async () => {
    const response = await fetch('/pieces');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const all = [];
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return all;
      all.push(value);
      await fetch(all.length < 5 ? '/more' : '/last', { method: 'POST' });
    }
  });
  equal(pieces, ['piece 0', 'piece 1', 'piece 2', 'piece 3', 'piece 4']);
  equal(await hears(() => true), ['pieces ended false']);
  await leave();
}

async function aReaderThatGoesEndsTheReply() {
  const { page, hears, leave } = await visit();
  await page.evaluate(async () => {
    const reader = (await fetch('/pieces')).body.getReader();
    await reader.read();
    await reader.cancel();
  });
  equal(await hears(() => true), ['pieces ended true']);
  await leave();
}

async function eventsGoOnAfterTheLastOneThatCame() {
  const { page, hears, leave } = await visit();
  const events = await page.evaluate(() => new Promise((resolve) => {
    const source = new EventSource('/events');
    const all = [];
    source.addEventListener('count', ({ data, lastEventId }) => all.push([lastEventId, data]));
    source.addEventListener('message', ({ data, lastEventId }) => {
      source.close();
      resolve([...all, [lastEventId, data]]);
    });
  }));
  const counted = Array.from({ length: 9 }, (_, index) => [`${index + 1}`, `${index + 1}\nof many`]);
  equal(events, [...counted, ['9', 'unnamed 🦝']]);
  equal(await hears((one) => one === 'events ended'), ['from undefined', 'from 3', 'from 6', 'events ended']);
  await leave();
}

async function soundIsWound() {
  const { page, hears, leave } = await visit();
  const duration = await page.evaluate(() => new Promise((resolve, reject) => {
    const audio = document.querySelector('audio');
    audio.onloadedmetadata = () => resolve(audio.duration);
    audio.onerror = () => reject(new Error(audio.error.message));
    audio.src = '/files/sound.wav';
  }));
  equal(duration, SECONDS);
  const at = await page.evaluate(() => new Promise((resolve) => {
    const audio = document.querySelector('audio');
    audio.onseeked = () => resolve(audio.currentTime);
    audio.currentTime = 500;
  }));
  equal(at, 500);
  const start = ([range]) => Number(/^bytes=(\d+)-/.exec(range)[1]);
  const asked = await hears((one) => start(one) > 400 * RATE);
  equal(start(asked[0]), 0);
  assert(asked.every(([, status]) => status === 206), JSON.stringify(asked));
  await leave();
}

async function partsOfAFileAreFetched() {
  const { page, said, leave } = await visit();
  const replies = await page.evaluate(() => {
    const ask = async (range) => {
      const response = await fetch('/files/digits.txt', { headers: { range }, cache: 'no-store' });
      return [response.status, response.headers.get('content-range'), await response.text()];
    };
    return Promise.all(['bytes=2-4', 'bytes=-3', 'bytes=20-'].map(ask));
  });
  equal(replies.slice(0, 2), [[206, 'bytes 2-4/10', '234'], [206, 'bytes 7-9/10', '789']]);
  equal(replies[2].slice(0, 2), [416, 'bytes */10']);
  equal((await said()).map(([, status]) => status).sort(), [206, 206, 416]);
  await leave();
}

async function formsAreRead() {
  const { page, leave } = await visit();
  for (const path of ['/form', '/form-as-it-comes']) {
    const read = await page.evaluate(async (target) => {
      const body = new FormData();
      body.append('name', 'Ada "🦝"\r\nLovelace');
      body.append('several', '1');
      body.append('several', '2');
      body.append('a "quoted" name', '');
      body.append('file', new File([new Uint8Array(300_000).fill(7)], 'päw "1".bin', { type: 'image/x-paw' }));
      body.append('empty', new Blob([]));
      return (await fetch(target, { method: 'POST', body })).json();
    }, path);
    equal(read, [
      ['name', 'Ada "🦝"\r\nLovelace'],
      ['several', '1'],
      ['several', '2'],
      ['a "quoted" name', ''],
      ['file', 'päw "1".bin', 'image/x-paw', 300_000, 2_100_000],
      ['empty', 'blob', 'application/octet-stream', 0, 0],
    ]);
  }
  await leave();
}

await run(null, [
  aReplyIsReadAsItComes,
  aReaderThatGoesEndsTheReply,
  eventsGoOnAfterTheLastOneThatCame,
  soundIsWound,
  partsOfAFileAreFetched,
  formsAreRead,
], async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});
