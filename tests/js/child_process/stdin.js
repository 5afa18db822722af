// What is written to a child's stdin arrives, however much it is, and its end as well.

import assert from 'node:assert';
import { spawn } from 'node:child_process';

const child = spawn('cat');
const sent = Buffer.alloc(1 << 20, 'abcdefg');
const chunks = [];
child.stdout.on('data', (chunk) => chunks.push(chunk));
// A pipe holds less than this: the rest waits until the child reads on.
child.stdin.write(sent);
child.stdin.end('last');
const [code] = await new Promise((resolve) => child.on('close', (...values) => resolve(values)));
assert.strictEqual(code, 0);
assert.ok(Buffer.concat(chunks).equals(Buffer.concat([sent, Buffer.from('last')])));
