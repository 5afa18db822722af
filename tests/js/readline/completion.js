// The tabulator asks the completer, and adds what all that it knows have in common.
import assert from 'assert';
import readline from 'readline';
import { PassThrough } from 'stream';

const input = new PassThrough();
const output = new PassThrough();
let shown = '';
output.on('data', (text) => {
  shown += text;
});
const words = ['exit', 'hello', 'help'];
const completer = (line, callback) => {
  setImmediate(callback, null, [words.filter((word) => word.startsWith(line)), line]);
};
const lines = readline.createInterface({ input, output, terminal: true, completer });
const wait = async () => {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
};
input.write('e\t');
await wait();
assert.equal(lines.line, 'exit');
input.write('\rh\t');
await wait();
assert.equal(lines.line, 'hel');
input.write('\t');
await wait();
input.write('\t');
await wait();
assert.match(shown, /hello\s+help/);
lines.close();
