// zlib: gzip, deflate, brotli and Zstandard: whole calls here, streams in `zlib_streams.js`.
//
// Spec: https://nodejs.org/api/zlib.html

import { Buffer } from 'buffer';
import {
  classes, constants as makeConstants, crc32 as checksum, load, whole, wholeLater,
} from 'ops:zlib';
import { checkFunction, outOfRange, wrongType } from 'internal:errors';
import { modes, settingsOf } from 'internal:zlib_settings';

const DATA = 'of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer';
const CRC_MAX = 0xffffffff;

/** All that the formats know by number. */
export const constants = makeConstants();

/** The results of zlib: names by number, and numbers by name. */
export const codes = {};
for (const [name, code] of Object.entries({
  Z_OK: 0, Z_STREAM_END: 1, Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3,
  Z_MEM_ERROR: -4, Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6,
})) {
  codes[name] = code;
  codes[code] = name;
}
Object.freeze(codes);

function bytesOf(data) {
  if (typeof data === 'string') return Buffer.from(data);
  if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer || data instanceof SharedArrayBuffer) {
    return data;
  }
  throw wrongType('buffer', DATA, data);
}

/** What a call returns: the bytes, or with `info` what has made them, too. */
function shown([memory, taken], name, options, info) {
  const buffer = Buffer.from(memory);
  if (!info) return buffer;
  const engine = new (load()[name])(options);
  engine.bytesWritten = taken;
  engine.close();
  return { buffer, engine };
}

/** The two functions of a class: with a callback, and without. */
function calls(name) {
  const mode = modes[name];
  const later = (buffer, options, callback) => {
    const [given, call] = typeof options === 'function' ? [{}, options] : [options, callback];
    checkFunction(call, 'callback');
    const { native, finish, most, info } = settingsOf(mode, given);
    wholeLater(native, bytesOf(buffer), finish, most).then(
      (made) => process.nextTick(() => call(null, shown(made, name, given, info))),
      (error) => process.nextTick(call, error),
    );
  };
  const sync = (buffer, options) => {
    const { native, finish, most, info } = settingsOf(mode, options);
    return shown(whole(native, bytesOf(buffer), finish, most), name, options, info);
  };
  return [later, sync];
}

export const [deflate, deflateSync] = calls('Deflate');
export const [inflate, inflateSync] = calls('Inflate');
export const [gzip, gzipSync] = calls('Gzip');
export const [gunzip, gunzipSync] = calls('Gunzip');
export const [deflateRaw, deflateRawSync] = calls('DeflateRaw');
export const [inflateRaw, inflateRawSync] = calls('InflateRaw');
export const [unzip, unzipSync] = calls('Unzip');
export const [brotliCompress, brotliCompressSync] = calls('BrotliCompress');
export const [brotliDecompress, brotliDecompressSync] = calls('BrotliDecompress');
export const [zstdCompress, zstdCompressSync] = calls('ZstdCompress');
export const [zstdDecompress, zstdDecompressSync] = calls('ZstdDecompress');

// Stand-ins, which load the streams when something is done with them.
export const {
  Deflate, Inflate, Gzip, Gunzip, DeflateRaw, InflateRaw, Unzip, BrotliCompress, BrotliDecompress,
  ZstdCompress, ZstdDecompress,
} = classes();

function maker(name) {
  return (options) => new (load()[name])(options);
}

export const createDeflate = maker('Deflate');
export const createInflate = maker('Inflate');
export const createGzip = maker('Gzip');
export const createGunzip = maker('Gunzip');
export const createDeflateRaw = maker('DeflateRaw');
export const createInflateRaw = maker('InflateRaw');
export const createUnzip = maker('Unzip');
export const createBrotliCompress = maker('BrotliCompress');
export const createBrotliDecompress = maker('BrotliDecompress');
export const createZstdCompress = maker('ZstdCompress');
export const createZstdDecompress = maker('ZstdDecompress');

/** The CRC-32 of bytes, or of those before them, whose checksum was `value`, and these. */
export function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw wrongType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  }
  if (typeof value !== 'number') throw wrongType('value', 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange('value', 'an integer', value);
  if (value < 0 || value > CRC_MAX) throw outOfRange('value', `>= 0 && <= ${CRC_MAX}`, value);
  return checksum(typeof data === 'string' ? Buffer.from(data) : data, value);
}

export default {
  BrotliCompress, BrotliDecompress, Deflate, DeflateRaw, Gunzip, Gzip, Inflate, InflateRaw, Unzip,
  ZstdCompress, ZstdDecompress, brotliCompress, brotliCompressSync, brotliDecompress,
  brotliDecompressSync, codes, constants, crc32, createBrotliCompress, createBrotliDecompress,
  createDeflate, createDeflateRaw, createGunzip, createGzip, createInflate, createInflateRaw,
  createUnzip, createZstdCompress, createZstdDecompress, deflate, deflateRaw, deflateRawSync,
  deflateSync, gunzip, gunzipSync, gzip, gzipSync, inflate, inflateRaw, inflateRawSync, inflateSync,
  unzip, unzipSync, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync,
};
