// What `for await` takes out of a Readable.
//
// Spec: https://nodejs.org/api/stream.html#readablesymbolasynciterator

import { finished } from 'internal:stream_finished';
import { destroyer } from 'internal:stream_kinds';
import { Readable } from 'internal:stream_readable';
import { both } from 'internal:stream_state';
import { load } from 'ops:stream';

export function iterate(given, options) {
  const stream = typeof given.read === 'function'
    ? given
    : load('internal:stream_from').wrap(new Readable({ objectMode: true }), given);
  return Object.assign(chunksOf(stream, options), { stream });
}

async function* chunksOf(stream, options) {
  let wake;
  /** undefined: it goes on; null: it has ended. */
  let error;
  const awake = () => {
    const waiting = wake;
    wake = undefined;
    waiting?.();
  };
  stream.on('readable', awake);
  const cleanup = finished(stream, { writable: false }, (failure) => {
    error = failure ? both(error, failure) : null;
    awake();
  });
  try {
    for (;;) {
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) yield chunk;
      else if (error) throw error;
      else if (error === null) return;
      else {
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
    }
  } catch (thrown) {
    error = both(error, thrown);
    throw error;
  } finally {
    if ((error || options?.destroyOnReturn !== false)
      && (error === undefined || stream._readableState.autoDestroy)) {
      destroyer(stream, null);
    } else {
      stream.off('readable', awake);
      cleanup();
    }
  }
}
