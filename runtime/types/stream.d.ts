// The types of `stream`, `stream/promises` and `stream/consumers`.

declare module 'stream' {
  import { EventEmitter } from 'events';

  /** Tells how something has ended. */
  type Callback = (error?: Error | null) => void;
  type Chunk = any;

  /** The class that all streams are instances of. */
  export class Stream extends EventEmitter {
    static Stream: typeof Stream;
    static Readable: typeof Readable;
    static Writable: typeof Writable;
    static Duplex: typeof Duplex;
    static Transform: typeof Transform;
    static PassThrough: typeof PassThrough;
    static addAbortSignal: typeof addAbortSignal;
    static compose: typeof compose;
    static destroy: typeof destroy;
    static duplexPair: typeof duplexPair;
    static finished: typeof finished;
    static pipeline: typeof pipeline;
    static getDefaultHighWaterMark: typeof getDefaultHighWaterMark;
    static setDefaultHighWaterMark: typeof setDefaultHighWaterMark;
    static isDestroyed: typeof isDestroyed;
    static isDisturbed: typeof isDisturbed;
    static isErrored: typeof isErrored;
    static isReadable: typeof isReadable;
    static isWritable: typeof isWritable;
    static readonly promises: typeof import('stream/promises').default;
    constructor(options?: { captureRejections?: boolean });
    pipe<T extends Stream>(destination: T, options?: { end?: boolean }): T;
  }

  export interface StreamOptions<T> {
    /** Whether it destroys itself when it has ended or failed. */
    autoDestroy?: boolean;
    emitClose?: boolean;
    /** How much may wait in its buffer: bytes, or objects. */
    highWaterMark?: number;
    objectMode?: boolean;
    construct?(this: T, callback: Callback): void;
    destroy?(this: T, error: Error | null, callback: Callback): void;
    signal?: AbortSignal;
  }

  export interface ReadableOptions<T = Readable> extends StreamOptions<T> {
    encoding?: string;
    read?(this: T, size: number): void;
  }

  export interface WritableOptions<T = Writable> extends StreamOptions<T> {
    /** Whether strings become bytes before `write` gets them. */
    decodeStrings?: boolean;
    defaultEncoding?: string;
    write?(this: T, chunk: Chunk, encoding: string, callback: Callback): void;
    writev?(
      this: T,
      chunks: { chunk: Chunk; encoding: string }[],
      callback: Callback,
    ): void;
    final?(this: T, callback: Callback): void;
  }

  export interface DuplexOptions<T = Duplex> extends ReadableOptions<T>, WritableOptions<T> {
    allowHalfOpen?: boolean;
    readable?: boolean;
    writable?: boolean;
    readableObjectMode?: boolean;
    writableObjectMode?: boolean;
    readableHighWaterMark?: number;
    writableHighWaterMark?: number;
    construct?(this: T, callback: Callback): void;
    destroy?(this: T, error: Error | null, callback: Callback): void;
  }

  export interface TransformOptions extends DuplexOptions<Transform> {
    transform?(
      this: Transform,
      chunk: Chunk,
      encoding: string,
      callback: (error?: Error | null, data?: Chunk) => void,
    ): void;
    flush?(this: Transform, callback: (error?: Error | null, data?: Chunk) => void): void;
  }

  export interface OperatorOptions {
    /** How many calls may be under way at once. */
    concurrency?: number;
    /** How many results may wait. */
    highWaterMark?: number;
    signal?: AbortSignal;
  }

  export interface SignalOptions {
    signal?: AbortSignal;
  }

  /** A stream that is read. */
  export class Readable extends Stream implements AsyncIterable<any> {
    /** A stream of what something iterable has. */
    static from(iterable: Iterable<any> | AsyncIterable<any>, options?: ReadableOptions): Readable;
    static fromWeb(
      stream: ReadableStream,
      options?: { encoding?: string; highWaterMark?: number; objectMode?: boolean } & SignalOptions,
    ): Readable;
    static toWeb(
      stream: Readable,
      options?: { strategy?: QueuingStrategy; type?: 'bytes' },
    ): ReadableStream;
    static wrap(old: EventEmitter, options?: ReadableOptions): Readable;
    /** What is behind it, for packages that look. */
    static ReadableState: any;
    constructor(options?: ReadableOptions);
    readonly closed: boolean;
    destroyed: boolean;
    readonly errored: Error | null;
    readable: boolean;
    readonly readableAborted: boolean;
    readonly readableBuffer: any[];
    readonly readableDidRead: boolean;
    readonly readableEncoding: string | null;
    readonly readableEnded: boolean;
    /** null until somebody has said how it is to be read. */
    readableFlowing: boolean | null;
    readonly readableHighWaterMark: number;
    readonly readableLength: number;
    readonly readableObjectMode: boolean;
    _read(size: number): void;
    _destroy(error: Error | null, callback: Callback): void;
    _undestroy(): void;
    destroy(error?: Error | null, callback?: Callback): this;
    isPaused(): boolean;
    iterator(options?: { destroyOnReturn?: boolean }): AsyncIterableIterator<any>;
    pause(): this;
    push(chunk: Chunk, encoding?: string): boolean;
    read(size?: number): any;
    resume(): this;
    setEncoding(encoding: string): this;
    unpipe(destination?: Stream): this;
    unshift(chunk: Chunk, encoding?: string): boolean;
    wrap(old: EventEmitter): this;
    compose(stream: any, options?: SignalOptions): Duplex;
    drop(limit: number, options?: SignalOptions): Readable;
    every(
      fn: (chunk: any, options: { signal: AbortSignal }) => unknown,
      options?: OperatorOptions,
    ): Promise<boolean>;
    filter(
      fn: (chunk: any, options: { signal: AbortSignal }) => unknown,
      options?: OperatorOptions,
    ): Readable;
    find(
      fn: (chunk: any, options: { signal: AbortSignal }) => unknown,
      options?: OperatorOptions,
    ): Promise<any>;
    flatMap(
      fn: (chunk: any, options: { signal: AbortSignal }) => any,
      options?: OperatorOptions,
    ): Readable;
    forEach(
      fn: (chunk: any, options: { signal: AbortSignal }) => unknown,
      options?: OperatorOptions,
    ): Promise<void>;
    map(
      fn: (chunk: any, options: { signal: AbortSignal }) => any,
      options?: OperatorOptions,
    ): Readable;
    reduce(
      reducer: (value: any, chunk: any, options: { signal: AbortSignal }) => any,
      initial?: any,
      options?: SignalOptions,
    ): Promise<any>;
    some(
      fn: (chunk: any, options: { signal: AbortSignal }) => unknown,
      options?: OperatorOptions,
    ): Promise<boolean>;
    take(limit: number, options?: SignalOptions): Readable;
    toArray(options?: SignalOptions): Promise<any[]>;
    [Symbol.asyncIterator](): AsyncIterableIterator<any>;
  }

  export interface WritableMembers {
    [Symbol.asyncDispose](): Promise<void>;
    writable: boolean;
    readonly writableAborted: boolean;
    readonly writableBuffer: any[];
    readonly writableCorked: number;
    readonly writableEnded: boolean;
    readonly writableFinished: boolean;
    readonly writableHighWaterMark: number;
    readonly writableLength: number;
    readonly writableNeedDrain: boolean;
    readonly writableObjectMode: boolean;
    _write(chunk: Chunk, encoding: string, callback: Callback): void;
    _writev: ((chunks: { chunk: Chunk; encoding: string }[], callback: Callback) => void) | null;
    cork(): void;
    end(callback?: () => void): this;
    end(chunk: Chunk, callback?: () => void): this;
    end(chunk: Chunk, encoding?: string, callback?: () => void): this;
    setDefaultEncoding(encoding: string): this;
    uncork(): void;
    /** False asks to wait for 'drain'. */
    write(chunk: Chunk, callback?: Callback): boolean;
    write(chunk: Chunk, encoding?: string, callback?: Callback): boolean;
  }

  /** A stream that is written to. */
  export class Writable extends Stream {
    static fromWeb(
      stream: WritableStream,
      options?: {
        decodeStrings?: boolean;
        highWaterMark?: number;
        objectMode?: boolean;
      } & SignalOptions,
    ): Writable;
    static toWeb(stream: Writable): WritableStream;
    /** What is behind it, for packages that look. */
    static WritableState: any;
    constructor(options?: WritableOptions);
    readonly closed: boolean;
    destroyed: boolean;
    readonly errored: Error | null;
    _destroy(error: Error | null, callback: Callback): void;
    _undestroy(): void;
    destroy(error?: Error | null, callback?: Callback): this;
  }
  export interface Writable extends WritableMembers {}

  /** A stream that is read and written to. */
  export class Duplex extends Readable {
    /** A stream of whatever has chunks or takes them. */
    static from(source: any): Duplex;
    /** Of a pair `{ readable, writable }`. */
    static fromWeb(pair: any, options?: DuplexOptions): Duplex;
    static toWeb(stream: Duplex): any;
    constructor(options?: DuplexOptions);
    allowHalfOpen: boolean;
  }
  export interface Duplex extends WritableMembers {}

  /** A Duplex whose output is made of its input. */
  export class Transform extends Duplex {
    constructor(options?: TransformOptions);
    _transform(
      chunk: Chunk,
      encoding: string,
      callback: (error?: Error | null, data?: Chunk) => void,
    ): void;
  }

  /** A Transform that changes nothing. */
  export class PassThrough extends Transform {
    constructor(options?: TransformOptions);
  }

  export interface FinishedOptions {
    error?: boolean;
    readable?: boolean;
    writable?: boolean;
    signal?: AbortSignal;
  }

  /** Has the stream destroyed when the signal is aborted. */
  export function addAbortSignal<T>(signal: AbortSignal, stream: T): T;
  /** One Duplex of streams in a row. */
  export function compose(...streams: any[]): Duplex;
  /** Ends any stream. */
  export function destroy(stream: any, error?: Error): void;
  /** Two streams, each of which gives what is written to the other. */
  export function duplexPair(options?: DuplexOptions): [Duplex, Duplex];
  /** Calls back once when a stream is over; what it returns stops listening. */
  export function finished(
    stream: any,
    options: FinishedOptions,
    callback: (error?: Error | null) => void,
  ): () => void;
  export function finished(stream: any, callback: (error?: Error | null) => void): () => void;
  /** Streams, iterables and functions in a row. The last argument is the callback. */
  export function pipeline(...streams: any[]): any;
  export function getDefaultHighWaterMark(objectMode: boolean): number;
  export function setDefaultHighWaterMark(objectMode: boolean, value: number): void;
  export function isDestroyed(stream: any): boolean | null;
  export function isDisturbed(stream: any): boolean;
  export function isErrored(stream: any): boolean;
  export function isReadable(stream: any): boolean | null;
  export function isWritable(stream: any): boolean | null;

  export default Stream;
}

declare module 'stream/promises' {
  import { FinishedOptions } from 'stream';

  /** A promise of the end of a stream. */
  export function finished(
    stream: any,
    options?: FinishedOptions & { cleanup?: boolean },
  ): Promise<void>;
  /** Streams, iterables and functions in a row; the last argument may be `{ signal, end }`. */
  export function pipeline(...streams: any[]): Promise<any>;
  const promises: { finished: typeof finished; pipeline: typeof pipeline };
  export default promises;
}

declare module 'stream/consumers' {
  import { Buffer } from 'buffer';

  type Source = ReadableStream | Iterable<any> | AsyncIterable<any>;

  /** All of a stream as bytes. */
  export function arrayBuffer(stream: Source): Promise<ArrayBuffer>;
  /** All of a stream as a Blob. */
  export function blob(stream: Source): Promise<Blob>;
  /** All of a stream as a Buffer. */
  export function buffer(stream: Source): Promise<Buffer>;
  /** All of a stream as JSON. */
  export function json(stream: Source): Promise<any>;
  /** All of a stream as text. */
  export function text(stream: Source): Promise<string>;
  const consumers: {
    arrayBuffer: typeof arrayBuffer;
    blob: typeof blob;
    buffer: typeof buffer;
    json: typeof json;
    text: typeof text;
  };
  export default consumers;
}

declare module 'node:stream' {
  export * from 'stream';
  export { default } from 'stream';
}

declare module 'node:stream/promises' {
  export * from 'stream/promises';
  export { default } from 'stream/promises';
}

declare module 'node:stream/consumers' {
  export * from 'stream/consumers';
  export { default } from 'stream/consumers';
}
