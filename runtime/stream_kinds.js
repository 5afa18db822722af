// What kind of stream something is, and how far it has come: also those of packages, which have
// the methods and perhaps not the state.
//
// Spec: https://nodejs.org/api/stream.html

import { abortError, coded } from 'internal:errors';
import { load } from 'ops:stream';

const is = (value, ...methods) => methods.every((name) => typeof value?.[name] === 'function');

/** With a side that can be read. */
export function isReadableNode(stream, strict = false) {
  return is(stream, 'pipe', 'on') && (!strict || is(stream, 'pause', 'resume'))
    && (!stream._writableState
      || Boolean(stream._readableState && stream._readableState.readable !== false));
}

/** With a side that can be written to. */
export function isWritableNode(stream) {
  return is(stream, 'write', 'on')
    && (!stream._readableState || stream._writableState?.writable !== false);
}

/** Any stream of `stream`, or like it. */
export function isNode(stream) {
  return Boolean(stream && (stream._readableState || stream._writableState
    || is(stream, 'write', 'on') || is(stream, 'pipe', 'on')));
}

export function isReadableWeb(stream) {
  return !isNode(stream) && is(stream, 'pipeThrough', 'getReader', 'cancel');
}

export function isWritableWeb(stream) {
  return !isNode(stream) && is(stream, 'getWriter', 'abort');
}

/** A TransformStream or what looks like one. */
export function isPairWeb(stream) {
  return Boolean(stream) && !isNode(stream) && isReadableWeb(stream.readable)
    && isWritableWeb(stream.writable);
}

export function isWeb(stream) {
  return isReadableWeb(stream) || isWritableWeb(stream) || isPairWeb(stream);
}

export function isIterable(value, async) {
  if (value === null || value === undefined) return false;
  if (async === true) return typeof value[Symbol.asyncIterator] === 'function';
  if (async === false) return typeof value[Symbol.iterator] === 'function';
  return is(value, Symbol.asyncIterator) || is(value, Symbol.iterator);
}

/** A request of `http` that goes out. */
export function isRequest(stream) {
  return Boolean(stream) && is(stream, 'setHeader', 'abort');
}

const kDestroyed = Symbol('destroyed');

export function isDestroyed(stream) {
  if (!isNode(stream)) return null;
  const state = stream._writableState ?? stream._readableState;
  return Boolean(stream.destroyed || stream[kDestroyed] || state?.destroyed);
}

function isWritableEnded(stream) {
  if (stream.writableEnded === true) return true;
  const state = stream._writableState;
  if (state?.errored) return false;
  return typeof state?.ended === 'boolean' ? state.ended : null;
}

/** Whether all is written; without `strict` also if only 'finish' is to come. */
export function isWritableFinished(stream, strict) {
  if (!isWritableNode(stream)) return null;
  if (stream.writableFinished === true) return true;
  const state = stream._writableState;
  if (state?.errored) return false;
  if (typeof state?.finished !== 'boolean') return null;
  return state.finished || (strict === false && state.ended === true && state.length === 0);
}

/** Whether all is read; without `strict` also if only 'end' is to come. */
export function isReadableFinished(stream, strict) {
  if (!isReadableNode(stream)) return null;
  const state = stream._readableState;
  if (state?.errored) return false;
  if (typeof state?.endEmitted !== 'boolean') return null;
  return state.endEmitted || (strict === false && state.ended === true && state.length === 0);
}

export function isReadable(stream) {
  if (isReadableWeb(stream)) return load('internal:stream_web_state').isReadable(stream);
  if (typeof stream?.readable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isReadableNode(stream) && stream.readable && !isReadableFinished(stream);
}

export function isWritable(stream) {
  if (typeof stream?.writable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isWritableNode(stream) && stream.writable && !isWritableEnded(stream);
}

/** Whether nothing is left to come, of either side. */
export function isFinished(stream) {
  if (!isNode(stream)) return null;
  return isDestroyed(stream) || (!isReadable(stream) && !isWritable(stream));
}

/** What it has failed with. */
export function errorOf(stream) {
  return stream.writableErrored || stream._writableState?.errored
    || stream.readableErrored || stream._readableState?.errored || null;
}

export function isClosed(stream) {
  if (typeof stream.closed === 'boolean') return stream.closed;
  const { _writableState: writable, _readableState: readable } = stream;
  if (typeof writable?.closed === 'boolean' || typeof readable?.closed === 'boolean') {
    return Boolean(writable?.closed || readable?.closed);
  }
  return typeof stream._closed === 'boolean' && stream._closed;
}

export function willEmitClose(stream) {
  const state = stream._writableState ?? stream._readableState;
  return Boolean(state?.autoDestroy && state.emitClose && state.closed === false);
}

/** Ends any stream, also one of a package that has its own ways. */
export function destroyer(stream, given) {
  if (!stream || isDestroyed(stream)) return;
  const error = given ?? (isFinished(stream) ? null : abortError());
  if (isRequest(stream) && !is(stream, 'destroy')) stream.abort();
  else if (is(stream, 'destroy')) stream.destroy(error);
  else if (is(stream, 'close')) stream.close();
  if (!stream.destroyed) stream[kDestroyed] = true;
}

/** Whether a stream has failed. */
export function isErrored(stream) {
  if (isReadableWeb(stream) || isWritableWeb(stream)) {
    return load('internal:stream_web_state').isErrored(stream);
  }
  return Boolean(stream?._readableState?.errorEmitted || stream?._writableState?.errorEmitted);
}

/** Whether anything was read of a stream, or it was given up. */
export function isDisturbed(stream) {
  if (isReadableWeb(stream)) return load('internal:stream_web_state').isDisturbed(stream);
  return Boolean(stream && (stream.readableDidRead || stream.readableAborted));
}

/** What a function has returned is of no use here. */
export function invalidReturn(wanted, name, value) {
  const { received } = load('internal:error_texts');
  const message = `Expected ${wanted} to be returned from the "${name}" function but got `
    + `${received(value)}.`;
  return coded(TypeError, 'ERR_INVALID_RETURN_VALUE', message);
}
