// An interface gives its lines to `for await`, and is closed when that is left.
import assert from 'assert';
import readline from 'readline';
import { Readable } from 'stream';

const whole = readline.createInterface({ input: Readable.from(['1\n2\n', '3']) });
const seen = [];
for await (const line of whole) seen.push(line);
assert.deepEqual(seen, ['1', '2', '3']);

const cut = readline.createInterface({ input: Readable.from(['1\n2\n']) });
for await (const line of cut) {
  assert.equal(line, '1');
  break;
}
assert.ok(cut.closed);
