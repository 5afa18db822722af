// What `finished`, `pipeline` and the like of `stream` do with web streams.
//
// Spec: https://nodejs.org/api/stream.html

import { abortError } from 'internal:errors';
import { failStream, factsOf, whenOver } from 'ops:internal:streams';
import { nextTick } from 'ops:process';

export function isReadable(stream) {
  return factsOf(stream)[0] === 'readable';
}

export function isErrored(stream) {
  return factsOf(stream)[0] === 'errored';
}

export function isDisturbed(stream) {
  return factsOf(stream)[1];
}

export function finished(stream, { signal }, callback) {
  let isOver = false;
  const tell = (error) => {
    if (isOver) return;
    isOver = true;
    signal?.removeEventListener('abort', abort);
    if (error === undefined) nextTick(() => callback.call(stream));
    else nextTick(() => callback.call(stream, error));
  };
  const abort = () => tell(abortError(signal));
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  whenOver(stream).then(() => tell(), tell);
  return () => {
    isOver = true;
    signal?.removeEventListener('abort', abort);
  };
}

/** Fails the stream when the signal is aborted, whoever holds it. */
export function addAbortSignal(signal, stream) {
  const abort = () => failStream(stream, abortError(signal));
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return stream;
}

/** Writes all of an iterable to a WritableStream. */
export async function pump(iterable, writable, ends) {
  const writer = writable.getWriter();
  try {
    for await (const chunk of iterable) {
      await writer.ready;
      writer.write(chunk).catch(() => {});
    }
    await writer.ready;
    if (ends) await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
    throw error;
  }
}
