// The options of `zlib`, checked, and as its natives take them.

import { kMaxLength } from 'buffer';
import { coded, outOfRange, wrongType } from 'internal:errors';

/** The number of each class. */
export const modes = {
  Deflate: 1, Inflate: 2, Gzip: 3, Gunzip: 4, DeflateRaw: 5, InflateRaw: 6, Unzip: 7,
  BrotliDecompress: 8, BrotliCompress: 9, ZstdCompress: 10, ZstdDecompress: 11,
};

const DICTIONARY = 'an instance of Buffer, TypedArray, DataView, or ArrayBuffer';
// What stands for nothing, the end, and all of it, by family: zlib, brotli and zstd.
const flushes = { zlib: [0, 4, 3, 5], brotli: [0, 2, 1, 3], zstd: [0, 2, 1, 2] };
const BROTLI_PARAM_MAX = 8;
const ZSTD_PARAMS = [
  100, 101, 102, 103, 104, 105, 106, 107, 160, 161, 162, 163, 164, 200, 201, 202, 400, 401, 402,
];

/** A number in a range, or what stands for one that was not given. */
export function ranged(value, name, least, most, otherwise) {
  if (value === undefined || Number.isNaN(value)) return otherwise;
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  if (!Number.isFinite(value)) throw outOfRange(name, 'a finite number', value);
  if (value < least || value > most) throw outOfRange(name, `>= ${least} and <= ${most}`, value);
  return value;
}

function chunkSizeOf(value) {
  const size = ranged(value, 'options.chunkSize', -Infinity, Infinity, 16384);
  if (size < 64) throw outOfRange('options.chunkSize', '>= 64', size);
  return Math.trunc(size);
}

function dictionaryOf(dictionary) {
  if (dictionary === undefined) return undefined;
  if (!ArrayBuffer.isView(dictionary) && !(dictionary instanceof ArrayBuffer)) {
    throw wrongType('options.dictionary', DICTIONARY, dictionary);
  }
  return dictionary;
}

function windowBitsOf(mode, value) {
  const inflates = mode === modes.Inflate || mode === modes.Gunzip || mode === modes.Unzip;
  // The window that the header says.
  if (inflates && (value === undefined || value === null || value === 0)) return 0;
  return ranged(value, 'options.windowBits', mode === modes.Gzip ? 9 : 8, 15, 15);
}

function zlibOf(mode, options) {
  return [
    mode,
    windowBitsOf(mode, options.windowBits),
    ranged(options.level, 'options.level', -1, 9, -1),
    ranged(options.memLevel, 'options.memLevel', 1, 9, 8),
    ranged(options.strategy, 'options.strategy', 0, 4, 0),
    dictionaryOf(options.dictionary),
  ];
}

/** Numbers and values in turn. */
function paramsOf(params, known, code, format) {
  const all = [];
  for (const [name, value] of Object.entries(params ?? {})) {
    const key = Number(name);
    if (!known(key) || all.some((other, at) => at % 2 === 0 && other === key)) {
      throw coded(RangeError, code, `${name} is not a valid ${format} parameter`);
    }
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw wrongType('options.params[key]', 'of type number', value);
    }
    all.push(key, Number(value));
  }
  return all;
}

function isBrotliParam(key) {
  return Number.isInteger(key) && key >= 0 && key <= BROTLI_PARAM_MAX;
}

function zstdOf(mode, options) {
  const known = (key) => (mode === modes.ZstdDecompress ? key === 100 : ZSTD_PARAMS.includes(key));
  const params = paramsOf(options.params, known, 'ERR_ZSTD_INVALID_PARAM', 'zstd');
  const pledged = options.pledgedSrcSize;
  if (pledged !== undefined && !(Number.isSafeInteger(pledged) && pledged >= 0)) {
    throw typeof pledged === 'number'
      ? outOfRange('options.pledgedSrcSize', 'a whole number >= 0', pledged)
      : wrongType('options.pledgedSrcSize', 'of type number', pledged);
  }
  return [mode, 0, 0, 0, 0, dictionaryOf(options.dictionary), params, pledged];
}

/**
 * What the options of a class, or of a function, mean: `native` is for the natives, `flush`, `finish`
 * and `full` are how a chunk, the last one, and `flush()` are flushed.
 */
export function settingsOf(mode, given) {
  const options = typeof given === 'object' && given !== null ? given : {};
  let family = 'zlib';
  if (mode >= modes.ZstdCompress) family = 'zstd';
  else if (mode >= modes.BrotliDecompress) family = 'brotli';
  const [none, end, full, last] = flushes[family];
  const size = chunkSizeOf(options.chunkSize);
  const flush = ranged(options.flush, 'options.flush', none, last, none);
  const finish = ranged(options.finishFlush, 'options.finishFlush', none, last, end);
  const most = ranged(options.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
  let native;
  if (family === 'zlib') {
    native = zlibOf(mode, options);
  } else if (family === 'zstd') {
    native = zstdOf(mode, options);
  } else {
    const params = paramsOf(options.params, isBrotliParam, 'ERR_BROTLI_INVALID_PARAM', 'Brotli');
    native = [mode, 0, 0, 0, 0, undefined, params];
  }
  return { native, size, flush, finish, full, most, info: Boolean(options.info), options };
}
