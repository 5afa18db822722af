// Keys of a terminal edit the line, and bring lines back.
import assert from 'assert';
import readline from 'readline';
import { PassThrough } from 'stream';

const input = new PassThrough();
const output = new PassThrough();
output.columns = 20;
output.resume();
const lines = readline.createInterface({ input, output, terminal: true, historySize: 2 });
const seen = [];
lines.on('line', (line) => seen.push(line));
lines.on('SIGINT', () => seen.push('SIGINT'));

async function type(text, line, cursor) {
  input.write(text);
  await new Promise(setImmediate);
  assert.deepEqual([lines.line, lines.cursor], [line, cursor], JSON.stringify(text));
}

await type('abc', 'abc', 3);
await type('\x1b[DX', 'abXc', 3);
await type('\x7f', 'abc', 2);
await type('\x1b[H!', '!abc', 1);
await type('\x1b[3~', '!bc', 1);
await type('\x05 two words', '!bc two words', 13);
await type('\x17', '!bc two ', 8);
await type('\x1bb', '!bc two ', 4);
await type('\x0b', '!bc ', 4);
await type('\x15', '', 0);
await type('one\rtwo\rthree\r', '', 0);
await type('\x1b[A\x1b[A', 'two', 3);
await type('\x1b[B\x1b[B', '', 0);
const long = 'a line that is longer than the terminal';
await type(long, long, 39);
assert.deepEqual(lines.getCursorPos(), { cols: 1, rows: 2 });
await type('\x03\x15', '', 0);
assert.deepEqual(seen, ['one', 'two', 'three', 'SIGINT']);
assert.deepEqual(lines.history, ['three', 'two']);
await type('\x04', '', 0);
assert.ok(lines.closed);
