// The types of `zlib`.

declare module 'zlib' {
  import { Transform, TransformOptions } from 'stream';

  /** Data that is compressed or decompressed. */
  export type InputType = string | ArrayBufferView | ArrayBuffer | SharedArrayBuffer;

  /** What calls and streams of all formats take. */
  export interface CommonOptions {
    /** The size of the pieces of a stream: 16 KiB. */
    chunkSize?: number | undefined;
    /** How a chunk is flushed. */
    flush?: number | undefined;
    /** How the last one is: `Z_SYNC_FLUSH` takes data that are cut off. */
    finishFlush?: number | undefined;
    /** More bytes than that are an error, of calls that have all of their data. */
    maxOutputLength?: number | undefined;
    /** Returns `{ buffer, engine }`. */
    info?: boolean | undefined;
  }

  export interface ZlibOptions extends CommonOptions, Omit<TransformOptions, 'flush'> {
    /** From 0, nothing, to 9, the best. */
    level?: number | undefined;
    memLevel?: number | undefined;
    strategy?: number | undefined;
    windowBits?: number | undefined;
    /** What the data probably have in common with others. */
    dictionary?: ArrayBufferView | ArrayBuffer | undefined;
  }

  export interface BrotliOptions extends CommonOptions, Omit<TransformOptions, 'flush'> {
    /** By the numbers `BROTLI_PARAM_..` of `constants`. */
    params?: Record<number, number | boolean> | undefined;
  }

  export interface ZstdOptions extends CommonOptions, Omit<TransformOptions, 'flush'> {
    /** By the numbers `ZSTD_c_..` and `ZSTD_d_..` of `constants`. */
    params?: Record<number, number | boolean> | undefined;
    dictionary?: ArrayBufferView | ArrayBuffer | undefined;
    /** How many bytes will be compressed. */
    pledgedSrcSize?: number | undefined;
  }

  /** Calls back with an error, or with the bytes. */
  export type CompressCallback = (error: Error | null, result: Buffer) => void;

  interface Call<Options> {
    (data: InputType, callback: CompressCallback): void;
    (data: InputType, options: Options, callback: CompressCallback): void;
  }

  interface SyncCall<Options> {
    (data: InputType, options: Options & { info: true }): { buffer: Buffer; engine: ZlibBase };
    (data: InputType, options?: Options): Buffer;
  }

  /** What all streams have. */
  interface ZlibBase extends Transform {
    /** Bytes that were taken so far. */
    bytesWritten: number;
    /** Has all that was written come out. */
    flush(callback?: () => void): void;
    flush(kind: number, callback?: () => void): void;
    /** Begins anew. */
    reset(): void;
    close(callback?: () => void): void;
  }

  interface Zlib extends ZlibBase {
    /** Another level and strategy for what follows. */
    params(level: number, strategy: number, callback?: () => void): void;
  }

  interface StreamClass<Options, Stream> extends Omit<typeof Transform, 'prototype'> {
    new (options?: Options): Stream;
    readonly prototype: Stream;
  }

  export interface Deflate extends Zlib {}
  export interface Inflate extends Zlib {}
  export interface Gzip extends Zlib {}
  export interface Gunzip extends Zlib {}
  export interface DeflateRaw extends Zlib {}
  export interface InflateRaw extends Zlib {}
  export interface Unzip extends Zlib {}
  export interface BrotliCompress extends ZlibBase {}
  export interface BrotliDecompress extends ZlibBase {}
  export interface ZstdCompress extends ZlibBase {}
  export interface ZstdDecompress extends ZlibBase {}

  /** A stream that compresses, with the header of zlib. */
  export const Deflate: StreamClass<ZlibOptions, Deflate>;
  /** A stream that decompresses that. */
  export const Inflate: StreamClass<ZlibOptions, Inflate>;
  /** A stream that compresses, with the header of gzip. */
  export const Gzip: StreamClass<ZlibOptions, Gzip>;
  /** A stream that decompresses that. */
  export const Gunzip: StreamClass<ZlibOptions, Gunzip>;
  /** A stream that compresses, without a header. */
  export const DeflateRaw: StreamClass<ZlibOptions, DeflateRaw>;
  /** A stream that decompresses that. */
  export const InflateRaw: StreamClass<ZlibOptions, InflateRaw>;
  /** A stream that decompresses gzip or deflate. */
  export const Unzip: StreamClass<ZlibOptions, Unzip>;
  /** A stream that compresses with brotli. */
  export const BrotliCompress: StreamClass<BrotliOptions, BrotliCompress>;
  /** A stream that decompresses that. */
  export const BrotliDecompress: StreamClass<BrotliOptions, BrotliDecompress>;
  /** A stream that compresses with Zstandard. */
  export const ZstdCompress: StreamClass<ZstdOptions, ZstdCompress>;
  /** A stream that decompresses that. */
  export const ZstdDecompress: StreamClass<ZstdOptions, ZstdDecompress>;
  /** Compresses, with the header of zlib. */
  export const deflate: Call<ZlibOptions>;
  /** The same, at once. */
  export const deflateSync: SyncCall<ZlibOptions>;
  /** A stream that does so. */
  export function createDeflate(options?: ZlibOptions): Deflate;
  /** Decompresses that. */
  export const inflate: Call<ZlibOptions>;
  /** The same, at once. */
  export const inflateSync: SyncCall<ZlibOptions>;
  /** A stream that does so. */
  export function createInflate(options?: ZlibOptions): Inflate;
  /** Compresses, with the header of gzip. */
  export const gzip: Call<ZlibOptions>;
  /** The same, at once. */
  export const gzipSync: SyncCall<ZlibOptions>;
  /** A stream that does so. */
  export function createGzip(options?: ZlibOptions): Gzip;
  /** Decompresses that. */
  export const gunzip: Call<ZlibOptions>;
  /** The same, at once. */
  export const gunzipSync: SyncCall<ZlibOptions>;
  /** A stream that does so. */
  export function createGunzip(options?: ZlibOptions): Gunzip;
  /** Compresses, without a header. */
  export const deflateRaw: Call<ZlibOptions>;
  /** The same, at once. */
  export const deflateRawSync: SyncCall<ZlibOptions>;
  /** A stream that does so. */
  export function createDeflateRaw(options?: ZlibOptions): DeflateRaw;
  /** Decompresses that. */
  export const inflateRaw: Call<ZlibOptions>;
  /** The same, at once. */
  export const inflateRawSync: SyncCall<ZlibOptions>;
  /** A stream that does so. */
  export function createInflateRaw(options?: ZlibOptions): InflateRaw;
  /** Decompresses gzip or deflate. */
  export const unzip: Call<ZlibOptions>;
  /** The same, at once. */
  export const unzipSync: SyncCall<ZlibOptions>;
  /** A stream that does so. */
  export function createUnzip(options?: ZlibOptions): Unzip;
  /** Compresses with brotli. */
  export const brotliCompress: Call<BrotliOptions>;
  /** The same, at once. */
  export const brotliCompressSync: SyncCall<BrotliOptions>;
  /** A stream that does so. */
  export function createBrotliCompress(options?: BrotliOptions): BrotliCompress;
  /** Decompresses that. */
  export const brotliDecompress: Call<BrotliOptions>;
  /** The same, at once. */
  export const brotliDecompressSync: SyncCall<BrotliOptions>;
  /** A stream that does so. */
  export function createBrotliDecompress(options?: BrotliOptions): BrotliDecompress;
  /** Compresses with Zstandard. */
  export const zstdCompress: Call<ZstdOptions>;
  /** The same, at once. */
  export const zstdCompressSync: SyncCall<ZstdOptions>;
  /** A stream that does so. */
  export function createZstdCompress(options?: ZstdOptions): ZstdCompress;
  /** Decompresses that. */
  export const zstdDecompress: Call<ZstdOptions>;
  /** The same, at once. */
  export const zstdDecompressSync: SyncCall<ZstdOptions>;
  /** A stream that does so. */
  export function createZstdDecompress(options?: ZstdOptions): ZstdDecompress;

  /** The numbers of zlib, brotli and Zstandard, by their names. */
  export const constants: Readonly<Record<string, number>>;

  /** The results of zlib: names by number, and numbers by name. */
  export const codes: Readonly<Record<string, string | number>>;

  /** The CRC-32 of data, or of those that had the checksum `value` and these. */
  export function crc32(data: string | ArrayBufferView, value?: number): number;

  const zlib: {
    readonly BrotliCompress: typeof BrotliCompress;
    readonly BrotliDecompress: typeof BrotliDecompress;
    readonly Deflate: typeof Deflate;
    readonly DeflateRaw: typeof DeflateRaw;
    readonly Gunzip: typeof Gunzip;
    readonly Gzip: typeof Gzip;
    readonly Inflate: typeof Inflate;
    readonly InflateRaw: typeof InflateRaw;
    readonly Unzip: typeof Unzip;
    readonly ZstdCompress: typeof ZstdCompress;
    readonly ZstdDecompress: typeof ZstdDecompress;
    readonly brotliCompress: typeof brotliCompress;
    readonly brotliCompressSync: typeof brotliCompressSync;
    readonly brotliDecompress: typeof brotliDecompress;
    readonly brotliDecompressSync: typeof brotliDecompressSync;
    readonly codes: typeof codes;
    readonly constants: typeof constants;
    readonly crc32: typeof crc32;
    readonly createBrotliCompress: typeof createBrotliCompress;
    readonly createBrotliDecompress: typeof createBrotliDecompress;
    readonly createDeflate: typeof createDeflate;
    readonly createDeflateRaw: typeof createDeflateRaw;
    readonly createGunzip: typeof createGunzip;
    readonly createGzip: typeof createGzip;
    readonly createInflate: typeof createInflate;
    readonly createInflateRaw: typeof createInflateRaw;
    readonly createUnzip: typeof createUnzip;
    readonly createZstdCompress: typeof createZstdCompress;
    readonly createZstdDecompress: typeof createZstdDecompress;
    readonly deflate: typeof deflate;
    readonly deflateRaw: typeof deflateRaw;
    readonly deflateRawSync: typeof deflateRawSync;
    readonly deflateSync: typeof deflateSync;
    readonly gunzip: typeof gunzip;
    readonly gunzipSync: typeof gunzipSync;
    readonly gzip: typeof gzip;
    readonly gzipSync: typeof gzipSync;
    readonly inflate: typeof inflate;
    readonly inflateRaw: typeof inflateRaw;
    readonly inflateRawSync: typeof inflateRawSync;
    readonly inflateSync: typeof inflateSync;
    readonly unzip: typeof unzip;
    readonly unzipSync: typeof unzipSync;
    readonly zstdCompress: typeof zstdCompress;
    readonly zstdCompressSync: typeof zstdCompressSync;
    readonly zstdDecompress: typeof zstdDecompress;
    readonly zstdDecompressSync: typeof zstdDecompressSync;
  };
  export default zlib;
}

declare module 'node:zlib' {
  export * from 'zlib';
  export { default } from 'zlib';
}
