// Nothing is read from a child that the script does not ask for: a child that writes without end waits.

import assert from 'node:assert';
import { spawn } from 'node:child_process';

const child = spawn('yes');
let length = 0;
for await (const chunk of child.stdout) {
  length += chunk.length;
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(child.stdout.readableLength <= 256 * 1024);
  if (length > 1 << 20) break;
}
// Its pipe is closed with the loop, and so it ends.
const [code, signal] = await new Promise((resolve) => {
  if (child.exitCode !== null || child.signalCode !== null) resolve([child.exitCode, child.signalCode]);
  else child.on('exit', (...values) => resolve(values));
});
assert.ok(signal === 'SIGPIPE' || code === 1, `${code} ${signal}`);
