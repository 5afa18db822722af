// Standard output and error are Writables, before and after somebody uses them as such.
import assert from 'assert';
import EventEmitter from 'events';
import { Readable, Stream, Writable } from 'stream';
import { pipeline } from 'stream/promises';

for (const output of [process.stdout, process.stderr]) {
  const look = () => output.writable;
  assert.equal(look(), true);
  assert.equal(look(), true);
  assert.ok(output instanceof Writable && output instanceof Stream);
  assert.ok(output instanceof EventEmitter);
  assert.equal(output.writableLength, 0);
  assert.equal(output.writableObjectMode, false);
}
assert.equal(process.stdout, process.stdout);
assert.ok(process.stdin instanceof Readable);
assert.equal(process.stdin.fd, 0);

await pipeline(Readable.from(['piped\n']), process.stdout, { end: false });
await new Promise((resolve) => process.stdout.write('0a', 'hex', resolve));
process.stdout.cork();
process.stdout.write('corked');
assert.equal(process.stdout.writableLength, 6);
process.stdout.uncork();
assert.equal(process.stdout.writableLength, 0);

// They cannot be closed for good, but an end is an end.
let failure;
process.stdout.on('error', (error) => {
  failure = error;
});
process.stdout.end('\n');
process.stdout.write('late');
await new Promise(setImmediate);
assert.equal(failure.code, 'ERR_STREAM_WRITE_AFTER_END');
