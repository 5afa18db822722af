// What is dropped was never compressed: a peer whose window holds all messages before understands
// those that come after a gap.

import assert from 'assert';
import { behind, readOn } from '../../support/behind.js';

const takeover = { serverNoContextTakeover: false, clientNoContextTakeover: false, threshold: 0 };
for (const backpressure of ['drop-old', 'drop-new', 'coalesce']) {
  const { server, ws, client, heard } = await behind(
    { backpressure, maxBackpressure: 2 ** 20, perMessageDeflate: takeover, fill: { compress: false } },
    { perMessageDeflate: takeover },
  );
  assert.match(ws.extensions, /^permessage-deflate/);
  assert.doesNotMatch(ws.extensions, /no_context_takeover/);
  // Text that barely repeats itself, and refers to what was sent before.
  const words = Array.from({ length: 4000 }, () => Math.random().toString(36).slice(2)).join(' ');
  let sent = 0;
  while (ws.droppedMessages < 20) {
    ws.send(`${sent} ${words}`, { key: String(sent % 3) });
    sent += 1;
    assert(sent < 1000);
  }
  client.resume();
  await ws.drained();
  const last = `last ${words}`;
  ws.send(last);
  const numbers = (await readOn(client, heard, last)).slice(0, -1).map((text) => {
    assert(text.endsWith(words));
    return Number.parseInt(text, 10);
  });
  assert.strictEqual(numbers.length, sent - ws.droppedMessages);
  if (backpressure !== 'coalesce') {
    assert.deepStrictEqual(numbers, numbers.toSorted((one, other) => one - other));
  }
  await server.close();
}
