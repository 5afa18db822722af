// Methods on the wrong object throw, or reject where they return promises.

import assert from 'assert';

const wrong = { name: 'TypeError' };
const getter = (Class, name) => Object.getOwnPropertyDescriptor(Class.prototype, name).get;
const throwing = [
  [ReadableStream, ['getReader', 'tee', 'values', 'pipeThrough'], ['locked']],
  [ReadableStreamDefaultReader, ['releaseLock'], []],
  [ReadableStreamBYOBReader, ['releaseLock'], []],
  [ReadableStreamDefaultController, ['close', 'enqueue', 'error'], ['desiredSize']],
  [ReadableByteStreamController, ['close', 'enqueue', 'error'], ['desiredSize', 'byobRequest']],
  [ReadableStreamBYOBRequest, ['respond', 'respondWithNewView'], ['view']],
  [WritableStream, ['getWriter'], ['locked']],
  [WritableStreamDefaultWriter, ['releaseLock'], ['desiredSize']],
  [WritableStreamDefaultController, ['error'], ['signal']],
  [TransformStream, [], ['readable', 'writable']],
  [TransformStreamDefaultController, ['enqueue', 'error', 'terminate'], ['desiredSize']],
  [CountQueuingStrategy, [], ['highWaterMark', 'size']],
  [ByteLengthQueuingStrategy, [], ['highWaterMark', 'size']],
  [TextEncoderStream, [], ['encoding', 'readable', 'writable']],
  [TextDecoderStream, [], ['encoding', 'fatal', 'ignoreBOM', 'readable', 'writable']],
  [CompressionStream, [], ['readable', 'writable']],
  [DecompressionStream, [], ['readable', 'writable']],
];
for (const [Class, methods, attributes] of throwing) {
  for (const method of methods) assert.throws(() => Class.prototype[method].call({}), wrong);
  for (const name of attributes) assert.throws(() => getter(Class, name).call({}), wrong);
  assert.strictEqual(Object.prototype.toString.call(Class.prototype), `[object ${Class.name}]`);
}
const rejecting = [
  [ReadableStream, ['cancel', 'pipeTo'], []],
  [ReadableStreamDefaultReader, ['read', 'cancel'], ['closed']],
  [ReadableStreamBYOBReader, ['read', 'cancel'], ['closed']],
  [WritableStream, ['abort', 'close'], []],
  [WritableStreamDefaultWriter, ['abort', 'close', 'write'], ['closed', 'ready']],
];
for (const [Class, methods, attributes] of rejecting) {
  for (const method of methods) await assert.rejects(Class.prototype[method].call({}), wrong);
  for (const name of attributes) await assert.rejects(getter(Class, name).call({}), wrong);
}
for (const Class of [
  ReadableStreamDefaultController, ReadableByteStreamController, ReadableStreamBYOBRequest,
  WritableStreamDefaultController, TransformStreamDefaultController,
]) assert.throws(() => new Class(), wrong);
for (const Class of [
  ReadableStreamDefaultReader, ReadableStreamBYOBReader, WritableStreamDefaultWriter,
]) assert.throws(() => new Class({}), wrong);
