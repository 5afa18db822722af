// Scripts import neither internal modules nor natives.
import assert from 'assert';

for (const name of ['internal:inspect', 'ops:console', 'no-such-package']) {
  await assert.rejects(import(name), /cannot find module/);
}
assert.strictEqual((await import('node:util')).inspect, (await import('util')).inspect);
