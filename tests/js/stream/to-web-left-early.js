// Who leaves the loop over a web stream of a Readable ends it, and nothing is thrown behind it.

import assert from 'assert';
import { Readable, duplexPair } from 'stream';

for await (const chunk of Readable.toWeb(Readable.from(['a', 'b']))) {
  assert.strictEqual(chunk, 'a');
  break;
}
const [near, far] = duplexPair();
near.end('x');
assert.deepStrictEqual((await far.toArray()).map(String), ['x']);
await new Promise((resolve) => setImmediate(resolve));
