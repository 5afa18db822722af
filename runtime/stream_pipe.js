// `pipe` and `unpipe` of Readable.
//
// Spec: https://nodejs.org/api/stream.html#readablepipedestination-options

import { fail } from 'internal:stream_state';
import { nextTick } from 'ops:process';

export function pipe(destination, options) {
  const source = this;
  const state = source._readableState;
  if (state.pipes.length === 1 && !state.multiAwaitDrain) {
    state.multiAwaitDrain = true;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
  }
  state.pipes.push(destination);
  const ends = options?.end !== false && !destination._isStdio;
  const onEnd = ends ? () => destination.end() : unpipeSelf;
  if (state.endEmitted) nextTick(onEnd);
  else source.once('end', onEnd);

  let drained;
  let isOver = false;

  function unpipeSelf() {
    source.unpipe(destination);
  }
  function onUnpipe(from, info) {
    if (from !== source || info?.hasUnpiped !== false) return;
    info.hasUnpiped = true;
    cleanUp();
  }
  function cleanUp() {
    destination.removeListener('close', onClose);
    destination.removeListener('finish', onFinish);
    if (drained) destination.removeListener('drain', drained);
    destination.removeListener('error', onError);
    destination.removeListener('unpipe', onUnpipe);
    source.removeListener('end', onEnd);
    source.removeListener('end', unpipeSelf);
    source.removeListener('data', onData);
    isOver = true;
    // Nobody else will tell that it may go on.
    const waits = !destination._writableState || destination._writableState.needDrain;
    if (drained && state.awaitDrainWriters && waits) drained();
  }
  function hold() {
    if (!isOver) {
      if (state.pipes.length === 1 && state.pipes[0] === destination) {
        state.awaitDrainWriters = destination;
        state.multiAwaitDrain = false;
      } else if (state.pipes.length > 1 && state.pipes.includes(destination)) {
        state.awaitDrainWriters.add(destination);
      }
      source.pause();
    }
    if (!drained) {
      drained = () => drain(source, destination);
      destination.on('drain', drained);
    }
  }
  function onData(chunk) {
    if (destination.write(chunk) === false) hold();
  }
  function onError(error) {
    unpipeSelf();
    destination.removeListener('error', onError);
    if (destination.listenerCount('error') > 0) return;
    const known = destination._writableState ?? destination._readableState;
    if (known && !known.errorEmitted) fail(destination, error);
    else destination.emit('error', error);
  }
  function onClose() {
    destination.removeListener('finish', onFinish);
    unpipeSelf();
  }
  function onFinish() {
    destination.removeListener('close', onClose);
    unpipeSelf();
  }

  destination.on('unpipe', onUnpipe);
  source.on('data', onData);
  if (typeof destination.prependListener === 'function') {
    destination.prependListener('error', onError);
  } else {
    destination.on('error', onError);
  }
  destination.once('close', onClose);
  destination.once('finish', onFinish);
  destination.emit('pipe', source);
  if (destination.writableNeedDrain === true) hold();
  else if (!state.flowing) source.resume();
  return destination;
}

/** A destination wants more; the source goes on once all of them do. */
function drain(source, destination) {
  const state = source._readableState;
  if (state.awaitDrainWriters === destination) state.awaitDrainWriters = null;
  else if (state.multiAwaitDrain) state.awaitDrainWriters.delete(destination);
  const waits = state.awaitDrainWriters;
  if ((!waits || waits.size === 0) && source.listenerCount('data') > 0) source.resume();
}

export function unpipe(destination) {
  const state = this._readableState;
  if (state.pipes.length === 0) return this;
  if (!destination) {
    const all = state.pipes;
    state.pipes = [];
    this.pause();
    for (const each of all) each.emit('unpipe', this, { hasUnpiped: false });
    return this;
  }
  const at = state.pipes.indexOf(destination);
  if (at === -1) return this;
  state.pipes.splice(at, 1);
  if (state.pipes.length === 0) this.pause();
  destination.emit('unpipe', this, { hasUnpiped: false });
  return this;
}
