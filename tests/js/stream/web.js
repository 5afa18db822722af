// Streams of Node and of the web become each other, and go through one pipeline.
import assert from 'assert';
import { Duplex, PassThrough, Readable, Writable, finished as over } from 'stream';
import { text } from 'stream/consumers';
import { finished, pipeline } from 'stream/promises';

const chunks = [];
for await (const chunk of Readable.toWeb(Readable.from(['a', 'b']))) chunks.push(chunk);
assert.deepEqual(chunks, ['a', 'b']);

const web = () => new ReadableStream({
  start(controller) {
    controller.enqueue('web');
    controller.close();
  },
});
assert.deepEqual(await Readable.fromWeb(web(), { encoding: 'utf8' }).toArray(), ['web']);

let written = '';
const sink = Writable.toWeb(new Writable({
  decodeStrings: false,
  write(chunk, encoding, callback) {
    written += chunk;
    setImmediate(callback);
  },
}));
const writer = sink.getWriter();
writer.write('1');
writer.write('2');
await writer.close();
assert.equal(written, '12');

let taken = '';
const writable = Writable.fromWeb(new WritableStream({
  write(chunk) {
    taken += chunk;
  },
}), { decodeStrings: false });
writable.write('3');
writable.end('4');
await finished(writable);
assert.equal(taken, '34');

const both = Duplex.toWeb(new PassThrough());
const bothWriter = both.writable.getWriter();
bothWriter.write(new Uint8Array([65, 66]));
bothWriter.close();
assert.equal(await text(both.readable), 'AB');

let piped = '';
await pipeline(
  Readable.from(['a', 'b']),
  new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk + chunk);
    },
  }),
  new WritableStream({
    write(chunk) {
      piped += chunk;
    },
  }),
);
assert.equal(piped, 'aabb');

// Whoever watches one does not lock it.
const watched = web();
const ended = new Promise((resolve) => over(watched, resolve));
assert.equal(watched.locked, false);
for await (const _ of watched);
assert.equal(await ended, undefined);
const failed = new ReadableStream({
  start(controller) {
    setImmediate(() => controller.error(new Error('broken')));
  },
});
await assert.rejects(finished(failed), { message: 'broken' });
