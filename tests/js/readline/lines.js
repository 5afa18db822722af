// Lines end with a line feed, a carriage return or both, in whatever pieces they come.
import assert from 'assert';
import { once } from 'events';
import readline from 'readline';
import { Readable } from 'stream';

const lines = readline.createInterface({ input: Readable.from(['a\nb\r', '\nc\rd', 'e\n\nf']) });
const seen = [];
lines.on('line', (line) => seen.push(line));
await once(lines, 'close');
assert.deepEqual(seen, ['a', 'b', 'c', 'de', '', 'f']);
assert.ok(lines.closed && !lines.terminal);
