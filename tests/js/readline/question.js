// A question takes the next line, and the prompt is what it was after it.
import assert from 'assert';
import readline from 'readline';
import promises from 'readline/promises';
import { PassThrough } from 'stream';
import { promisify } from 'util';

const input = new PassThrough();
const output = new PassThrough();
output.setEncoding('utf8');
const lines = readline.createInterface({ input, output, prompt: 'p> ' });
lines.prompt();
const answered = promisify(lines.question).call(lines, 'name? ');
assert.equal(lines.getPrompt(), 'name? ');
input.write('Ann\n');
assert.equal(await answered, 'Ann');
assert.equal(lines.getPrompt(), 'p> ');
assert.equal(output.read(), 'p> name? ');
lines.close();
assert.throws(() => lines.question('more?', () => {}), {
  code: 'ERR_USE_AFTER_CLOSE',
  message: 'readline was closed',
});

const other = promises.createInterface({ input: new PassThrough() });
const controller = new AbortController();
const never = other.question('?', { signal: controller.signal });
controller.abort();
await assert.rejects(never, { name: 'AbortError', code: 'ABORT_ERR' });
const next = other.question('again?');
other.write('yes\n');
assert.equal(await next, 'yes');
other.close();
