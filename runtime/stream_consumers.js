// stream/consumers: all of a stream at once.
//
// Spec: https://nodejs.org/api/webstreams.html#utility-consumers

import { Buffer } from 'buffer';
import { wrongType } from 'internal:errors';

async function chunksOf(stream) {
  if (stream === null || typeof stream !== 'object'
    || !(Symbol.asyncIterator in stream || Symbol.iterator in stream)) {
    throw wrongType('stream', 'an instance of ReadableStream, Stream, or AsyncIterable', stream);
  }
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

export async function blob(stream) {
  return new Blob(await chunksOf(stream));
}

export async function arrayBuffer(stream) {
  return (await blob(stream)).arrayBuffer();
}

export async function buffer(stream) {
  return Buffer.from(await arrayBuffer(stream));
}

export async function text(stream) {
  const decoder = new TextDecoder();
  let all = '';
  for (const chunk of await chunksOf(stream)) {
    all += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  return all + decoder.decode();
}

export async function json(stream) {
  return JSON.parse(await text(stream));
}

export default { arrayBuffer, blob, buffer, json, text };
