// `for await` takes the chunks of a Readable, and destroys it when it is left.
import assert from 'assert';
import { Readable } from 'stream';

const source = Readable.from(['a', 'b', 'c']);
const seen = [];
for await (const chunk of source) {
  seen.push(chunk);
  if (chunk === 'b') break;
}
assert.deepEqual(seen, ['a', 'b']);
assert.ok(source.destroyed);

const kept = Readable.from([1, 2, 3]);
for await (const _ of kept.iterator({ destroyOnReturn: false })) break;
assert.ok(!kept.destroyed);

const failing = new Readable({
  read() {
    this.destroy(new Error('broken'));
  },
});
await assert.rejects(async () => {
  for await (const _ of failing);
}, { message: 'broken' });
