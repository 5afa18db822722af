// What os says of the machine.

import assert from 'assert';
import os, { EOL } from 'node:os';

assert.strictEqual(EOL, '\n');
assert.strictEqual(os.EOL, EOL);
for (const name of ['platform', 'arch', 'hostname', 'tmpdir', 'homedir']) {
  if (!(name in os)) continue;
  assert.strictEqual(typeof os[name](), 'string', name);
  assert(os[name]().length > 0, name);
}
assert.strictEqual(os.platform(), process.platform);
