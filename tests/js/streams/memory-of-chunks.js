// Chunks that were read are garbage that is collected, though only natives know how large they are.

import assert from 'assert';
import { serve } from '../../support/fetch.js';

const chunks = 3200;
const mebibyte = 1024 * 1024;
const before = process.memoryUsage.rss();
let most = 0;
const look = (index) => {
  if (index % 100 === 0) most = Math.max(most, process.memoryUsage.rss() - before);
};
const { server, url } = await serve(() => {
  let index = 0;
  return new ReadableStream({
    pull(controller) {
      look(index);
      index += 1;
      if (index <= chunks) controller.enqueue(new Uint8Array(65536));
      else controller.close();
    },
  });
});
let bytes = 0;
for await (const chunk of (await fetch(url)).body) bytes += chunk.length;
assert.strictEqual(bytes, chunks * 65536);
assert(most < 32 * mebibyte, `${most}`);
server.close();
