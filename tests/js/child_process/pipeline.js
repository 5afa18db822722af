// The pipes of children are streams: they can be piped and iterated.

import assert from 'node:assert';
import { spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';

const first = spawn('sh', ['-c', 'printf "c\\nb\\na\\n"']);
const second = spawn('sort');
first.stdout.pipe(second.stdin);
let text = '';
for await (const chunk of second.stdout) text += chunk;
assert.strictEqual(text, 'a\nb\nc\n');

const third = spawn('wc', ['-c']);
await pipeline(async function* () {
  yield 'abc';
  yield Buffer.alloc(100_000);
}, third.stdin);
let count = '';
for await (const chunk of third.stdout) count += chunk;
assert.strictEqual(Number(count), 100_003);
