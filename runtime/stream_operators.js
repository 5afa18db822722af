// The methods of Readable that are those of iterators: `map`, `filter`, `toArray` and the like.
//
// Spec: https://nodejs.org/api/stream.html#readablemapfn-options

import {
  abortError, checkFunction, checkObject, checkSignal, coded, outOfRange, wrongType, wrongValue,
} from 'internal:errors';
import { Readable } from 'internal:stream_readable';
import { from } from 'internal:stream_from';
import { isNode, isWritable } from 'internal:stream_kinds';
import { checkWhole } from 'internal:stream_state';
import { load } from 'ops:stream';

const kNothing = Symbol('nothing');
const kEnd = Symbol('end');
const kAborted = Symbol('aborted');

function whole(value, name, least) {
  const number = Math.floor(value);
  checkWhole(number, name, least);
  return number;
}

/** `options` of all of these, checked. */
function checked(options) {
  if (options !== undefined && options !== null) checkObject(options, 'options');
  checkSignal(options?.signal, 'options.signal');
  const concurrency = whole(options?.concurrency ?? 1, 'options.concurrency', 1);
  const ahead = whole(options?.highWaterMark ?? concurrency - 1, 'options.highWaterMark', 0);
  return { signal: options?.signal, concurrency, kept: ahead + concurrency };
}

/** A promise that is fulfilled when the signal is aborted, and what forgets it. */
function whenAborted(signal) {
  if (signal === undefined) return { promise: new Promise(() => {}), forget() {} };
  let abort;
  const promise = new Promise((resolve) => {
    abort = () => resolve(kAborted);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  return { promise, forget: () => signal.removeEventListener('abort', abort) };
}

/** Results of `fn` in the order of the chunks, of which several may be under way. */
async function* mapped(stream, fn, { signal, concurrency, kept }) {
  const controller = new AbortController();
  const given = { signal: controller.signal };
  const results = [];
  let running = 0;
  let isOver = false;
  let wakeReader;
  let wakePump;
  const aborted = whenAborted(signal);
  const goOn = () => {
    if (!isOver && (running >= concurrency || results.length >= kept)) return;
    const wake = wakePump;
    wakePump = undefined;
    wake?.();
  };
  const add = (result) => {
    results.push(result);
    const wake = wakeReader;
    wakeReader = undefined;
    wake?.();
  };
  const settled = () => {
    running--;
    goOn();
  };
  const pump = async () => {
    try {
      for await (const chunk of stream) {
        if (isOver) return;
        const result = (async () => fn(chunk, given))();
        running++;
        result.then(settled, settled);
        add(result);
        if (!isOver && (running >= concurrency || results.length >= kept)) {
          await new Promise((resolve) => {
            wakePump = resolve;
          });
        }
      }
      add(kEnd);
    } catch (error) {
      const failed = Promise.reject(error);
      failed.catch(() => {});
      add(failed);
    }
  };
  if (!signal?.aborted) pump();
  try {
    for (;;) {
      while (results.length > 0) {
        const result = await Promise.race([results[0], aborted.promise]);
        if (signal?.aborted) throw abortError(signal);
        if (result === kEnd) return;
        if (result !== kNothing) yield result;
        results.shift();
        goOn();
      }
      const more = new Promise((resolve) => {
        wakeReader = resolve;
      });
      await Promise.race([more, aborted.promise]);
      if (signal?.aborted) throw abortError(signal);
    }
  } finally {
    isOver = true;
    aborted.forget();
    controller.abort(signal?.aborted ? signal.reason : undefined);
    goOn();
    // The pump may wait for a chunk that never comes.
    if (!stream.readableEnded) stream.destroy();
  }
}

function checkOperation(fn) {
  if (typeof fn !== 'function') {
    throw wrongType('fn', 'of type function or an instance of AsyncFunction', fn);
  }
}

function mappedBy(stream, fn, options) {
  checkOperation(fn);
  return mapped(stream, fn, checked(options));
}

function filtered(stream, fn, options) {
  checkOperation(fn);
  const keep = async (chunk, given) => (await fn(chunk, given) ? chunk : kNothing);
  return mapped(stream, keep, checked(options));
}

export function map(fn, options) {
  return from(Readable, mappedBy(this, fn, options));
}

export function filter(fn, options) {
  return from(Readable, filtered(this, fn, options));
}

export function flatMap(fn, options) {
  const results = mappedBy(this, fn, options);
  return from(Readable, (async function* flat() {
    for await (const result of results) yield* result;
  })());
}

/** Chunks until the signal is aborted. */
async function* watched(stream, signal) {
  const aborted = whenAborted(signal);
  const iterator = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      if (signal?.aborted) throw abortError(signal);
      const next = iterator.next();
      const result = signal === undefined
        ? await next
        : await Promise.race([next, aborted.promise]);
      if (result === kAborted) {
        next.catch(() => {});
        stream.destroy();
        throw abortError(signal);
      }
      if (result.done) return;
      yield result.value;
    }
  } finally {
    aborted.forget();
    if (!stream.readableEnded) iterator.return();
  }
}

function count(value) {
  const number = Number(value);
  if (Number.isNaN(number)) return 0;
  if (number < 0) throw outOfRange('number', '>= 0', value);
  return Math.trunc(number);
}

export function drop(limit, options) {
  const { signal } = checked(options);
  let left = count(limit);
  const stream = this;
  return from(Readable, (async function* dropped() {
    for await (const chunk of watched(stream, signal)) {
      if (left-- <= 0) yield chunk;
    }
  })());
}

export function take(limit, options) {
  const { signal } = checked(options);
  let left = count(limit);
  const stream = this;
  return from(Readable, (async function* taken() {
    for await (const chunk of watched(stream, signal)) {
      if (left-- > 0) yield chunk;
      if (left <= 0) return;
    }
  })());
}

export async function forEach(fn, options) {
  for await (const _ of mappedBy(this, fn, options));
}

export async function toArray(options) {
  const { signal } = checked(options);
  const chunks = [];
  for await (const chunk of watched(this, signal)) chunks.push(chunk);
  return chunks;
}

export async function some(fn, options) {
  for await (const _ of filtered(this, fn, options)) return true;
  return false;
}

export async function every(fn, options) {
  checkOperation(fn);
  return !(await some.call(this, async (...given) => !(await fn(...given)), options));
}

export async function find(fn, options) {
  for await (const chunk of filtered(this, fn, options)) return chunk;
  return undefined;
}

export async function reduce(reducer, initial, options) {
  checkFunction(reducer, 'reducer');
  const { signal } = checked(options);
  const controller = new AbortController();
  let hasValue = arguments.length > 1;
  let value = initial;
  try {
    for await (const chunk of watched(this, signal)) {
      value = hasValue ? await reducer(value, chunk, { signal: controller.signal }) : chunk;
      hasValue = true;
    }
  } finally {
    controller.abort();
  }
  if (hasValue) return value;
  const message = 'Reduce of an empty stream requires an initial value';
  throw coded(TypeError, 'ERR_MISSING_ARGS', message);
}

export function compose(stream, options) {
  if (options !== undefined && options !== null) checkObject(options, 'options');
  checkSignal(options?.signal, 'options.signal');
  if (isNode(stream) && !isWritable(stream)) {
    throw wrongValue('stream', stream, 'must be writable');
  }
  if (stream === undefined || stream === null) throw wrongType('stream', 'a stream', stream);
  const composed = load('internal:stream_compose').compose(this, stream);
  if (options?.signal) load('internal:stream_finished').addAbortSignal(options.signal, composed);
  return composed;
}
