// Text of every width comes back as it was, at the sizes where frames and conversions change.

import assert from 'assert';
import { ask, open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws, data }) => {
  ws.send(data);
});
const ws = await open(url);
const characters = ['x', 'é', 'я', '水', '🦝'];
const sizes = [0, 1, 2, 3, 125, 126, 127, 4096, 32_768, 65_535, 65_536, 130_000];
for (const character of characters) {
  for (const size of sizes) {
    const text = character.repeat(size / character.length);
    for (const message of [text, `${text}x`, `x${text}`]) {
      const answer = await ask(ws, message);
      assert.ok(answer === message, `${size} units of ${character}`);
    }
  }
}

// Half of a pair is replaced, wherever it stands.
for (const half of ['\ud83e', '\udd9d']) {
  for (const size of [0, 15, 16, 65_536]) {
    const text = '水'.repeat(size);
    assert.ok((await ask(ws, text + half)) === `${text}\ufffd`);
    assert.ok((await ask(ws, half + text)) === `\ufffd${text}`);
    assert.ok((await ask(ws, text + half + text)) === `${text}\ufffd${text}`);
  }
}
await server.close();
