// The types of `fs` and `fs/promises`.

declare module 'fs' {
  import { EventEmitter } from 'events';
  import { Readable, Writable } from 'stream';
  import * as promises from 'fs/promises';

  /** A path: text, its bytes, or a URL with the scheme `file`. */
  export type PathLike = string | Uint8Array | URL;
  /** A path, or the number of an open file. */
  export type PathOrFd = PathLike | number;
  /** What can be written. */
  export type FileData = string | ArrayBufferView;
  /** Seconds since 1970, or a date. */
  export type Time = number | string | Date;
  /** What names are shown in. */
  export type NameEncoding = string | null | { encoding?: string | null };
  /** Is called with what went wrong, or null. */
  export type NoResult = (error: Error | null) => void;
  /** Is called with what went wrong, or with null and the result. */
  export type Result<T> = (error: Error | null, result: T) => void;

  export interface ReadFileOptions {
    encoding?: string | null;
    /** How it is opened: `'r'`. */
    flag?: string | number;
    signal?: AbortSignal;
  }

  export interface WriteFileOptionsObject {
    encoding?: string | null;
    /** The permissions of a new file: `0o666`, without what the process masks. */
    mode?: number | string;
    /** How it is opened: `'w'`, or `'a'` to append. */
    flag?: string | number;
    /** Wait until it is on the disk. */
    flush?: boolean;
    /** Put the new content in the place of the old one as a whole, or not at all. */
    atomic?: boolean;
    signal?: AbortSignal;
  }
  export type WriteFileOptions = string | null | WriteFileOptionsObject;

  export interface StatOptions {
    bigint?: boolean;
    /** `false`: undefined where there is no file. Only for the forms that return at once. */
    throwIfNoEntry?: boolean;
  }

  export interface MkdirOptions {
    recursive?: boolean;
    mode?: number | string;
  }

  export interface ReaddirOptions {
    encoding?: string | null;
    withFileTypes?: boolean;
    recursive?: boolean;
  }

  export interface RmOptions {
    /** No error where there is nothing. */
    force?: boolean;
    recursive?: boolean;
    /** How often to try again while something is in the way. */
    maxRetries?: number;
    /** By how many milliseconds each pause is longer than the last. */
    retryDelay?: number;
  }

  export interface CpOptions {
    dereference?: boolean;
    errorOnExist?: boolean;
    filter?(src: string, dest: string): boolean | Promise<boolean>;
    force?: boolean;
    mode?: number;
    preserveTimestamps?: boolean;
    recursive?: boolean;
    verbatimSymlinks?: boolean;
  }

  interface StatsOf<T> {
    dev: T;
    mode: T;
    nlink: T;
    uid: T;
    gid: T;
    rdev: T;
    blksize: T;
    ino: T;
    size: T;
    blocks: T;
    atimeMs: T;
    mtimeMs: T;
    ctimeMs: T;
    birthtimeMs: T;
    atime: Date;
    mtime: Date;
    ctime: Date;
    birthtime: Date;
    isFile(): boolean;
    isDirectory(): boolean;
    isSymbolicLink(): boolean;
    isFIFO(): boolean;
    isSocket(): boolean;
    isBlockDevice(): boolean;
    isCharacterDevice(): boolean;
  }
  /** What is known of a file. */
  export interface Stats extends StatsOf<number> {}
  export const Stats: { new (): Stats; prototype: Stats };
  /** The same in BigInts, and times in nanoseconds. */
  export interface BigIntStats extends StatsOf<bigint> {
    atimeNs: bigint;
    mtimeNs: bigint;
    ctimeNs: bigint;
    birthtimeNs: bigint;
  }
  /** What is known of a file system. */
  export interface StatFs<T = number> {
    type: T;
    bsize: T;
    blocks: T;
    bfree: T;
    bavail: T;
    files: T;
    ffree: T;
  }

  /** A file as a folder lists it. */
  export class Dirent {
    private constructor();
    name: string;
    /** The folder. */
    parentPath: string;
    path: string;
    isFile(): boolean;
    isDirectory(): boolean;
    isSymbolicLink(): boolean;
    isFIFO(): boolean;
    isSocket(): boolean;
    isBlockDevice(): boolean;
    isCharacterDevice(): boolean;
  }

  /** The files of a folder, one after the other. */
  export class Dir {
    private constructor();
    readonly path: string;
    readSync(): Dirent | null;
    read(): Promise<Dirent | null>;
    read(callback: Result<Dirent | null>): void;
    closeSync(): void;
    close(): Promise<void>;
    close(callback: NoResult): void;
    entries(): AsyncIterableIterator<Dirent>;
    [Symbol.asyncIterator](): AsyncIterableIterator<Dirent>;
  }

  interface StreamOptions {
    flags?: string | number;
    encoding?: string;
    fd?: number | promises.FileHandle;
    mode?: number;
    /** Close the file at the end: true. */
    autoClose?: boolean;
    emitClose?: boolean;
    start?: number;
    highWaterMark?: number;
    signal?: AbortSignal;
  }
  export interface ReadStreamOptions extends StreamOptions {
    /** The last byte that is read. */
    end?: number;
  }
  export interface WriteStreamOptions extends StreamOptions {
    flush?: boolean;
  }

  /** The bytes of a file as a stream. */
  export class ReadStream extends Readable {
    constructor(path: PathLike | undefined, options?: string | ReadStreamOptions);
    readonly path: PathLike;
    readonly bytesRead: number;
    readonly pending: boolean;
    /** Does nothing, unless a package of old has put its own in the place. */
    open(): void;
    close(callback?: NoResult): void;
  }

  /** A file that a stream writes. */
  export class WriteStream extends Writable {
    constructor(path: PathLike | undefined, options?: string | WriteStreamOptions);
    readonly path: PathLike;
    readonly bytesWritten: number;
    readonly pending: boolean;
    /** Does nothing, unless a package of old has put its own in the place. */
    open(): void;
    close(callback?: NoResult): void;
    /** The same as `end`. */
    destroySoon(): void;
  }

  /** What `watch` returns: emits `change`, `error` and `close`. */
  export class FSWatcher extends EventEmitter {
    private constructor();
    close(): void;
    ref(): this;
    unref(): this;
  }

  interface StatWatcher extends EventEmitter {
    ref(): this;
    unref(): this;
  }

  export interface WatchOptions {
    encoding?: string | null;
    /** Keep the process alive: true. */
    persistent?: boolean;
    /** Watch all folders below, too. */
    recursive?: boolean;
    signal?: AbortSignal;
  }

  /** The bytes of a file. */
  export function readFileSync(path: PathOrFd, options?: null | (ReadFileOptions & { encoding?: null })): Buffer;
  /** The text of a file. */
  export function readFileSync(path: PathOrFd, options: string | (ReadFileOptions & { encoding: string })): string;
  export function readFile(path: PathOrFd, callback: Result<Buffer>): void;
  export function readFile(path: PathOrFd, options: null | undefined | (ReadFileOptions & { encoding?: null }), callback: Result<Buffer>): void;
  export function readFile(path: PathOrFd, options: string | (ReadFileOptions & { encoding: string }), callback: Result<string>): void;

  /** Whether a file is there, and may be read, written or run as `mode` says; an error if not. */
  export function accessSync(path: PathLike, mode?: number): void;
  export function access(path: PathLike, callback: NoResult): void;
  export function access(path: PathLike, mode: number | undefined, callback: NoResult): void;
  /** Adds data to the end of a file, which is made if there is none. */
  export function appendFileSync(path: PathOrFd, data: FileData, options?: WriteFileOptions): void;
  export function appendFile(path: PathOrFd, data: FileData, callback: NoResult): void;
  export function appendFile(path: PathOrFd, data: FileData, options: WriteFileOptions | undefined, callback: NoResult): void;
  /** Changes the permissions of a file. */
  export function chmodSync(path: PathLike, mode: number | string): void;
  export function chmod(path: PathLike, mode: number | string, callback: NoResult): void;
  /** Changes the owner of a file. */
  export function chownSync(path: PathLike, uid: number, gid: number): void;
  export function chown(path: PathLike, uid: number, gid: number, callback: NoResult): void;
  /** Copies the content and the permissions of a file. */
  export function copyFileSync(src: PathLike, dest: PathLike, mode?: number): void;
  export function copyFile(src: PathLike, dest: PathLike, callback: NoResult): void;
  export function copyFile(src: PathLike, dest: PathLike, mode: number | undefined, callback: NoResult): void;
  /** Copies a file or, with `recursive`, a folder and all below it. */
  export function cpSync(src: string | URL, dest: string | URL, options?: CpOptions): void;
  export function cp(src: string | URL, dest: string | URL, callback: NoResult): void;
  export function cp(src: string | URL, dest: string | URL, options: CpOptions | undefined, callback: NoResult): void;
  /** Changes the owner of a link itself. */
  export function lchownSync(path: PathLike, uid: number, gid: number): void;
  export function lchown(path: PathLike, uid: number, gid: number, callback: NoResult): void;
  /** Gives a file another name. */
  export function linkSync(existingPath: PathLike, newPath: PathLike): void;
  export function link(existingPath: PathLike, newPath: PathLike, callback: NoResult): void;
  /** What is known of a file, or of a link itself. */
  export function lstatSync(path: PathLike, options?: StatOptions & { bigint?: false }): Stats;
  export function lstat(path: PathLike, callback: Result<Stats>): void;
  export function lstat(path: PathLike, options: StatOptions & { bigint?: false } | undefined, callback: Result<Stats>): void;
  /** Changes the times of a link itself. */
  export function lutimesSync(path: PathLike, atime: Time, mtime: Time): void;
  export function lutimes(path: PathLike, atime: Time, mtime: Time, callback: NoResult): void;
  /** Makes a folder. With `recursive` also those around it: the result is the first that was made. */
  export function mkdirSync(path: PathLike, options?: number | string | MkdirOptions): string | undefined;
  export function mkdir(path: PathLike, callback: Result<string | undefined>): void;
  export function mkdir(path: PathLike, options: number | string | MkdirOptions | undefined, callback: Result<string | undefined>): void;
  /** Makes a folder whose name begins with `prefix` and ends with six random characters. */
  export function mkdtempSync(prefix: PathLike, options?: NameEncoding): string;
  export function mkdtemp(prefix: PathLike, callback: Result<string>): void;
  export function mkdtemp(prefix: PathLike, options: NameEncoding | undefined, callback: Result<string>): void;
  /** The files of a folder, one after the other. */
  export function opendirSync(path: PathLike, options?: { encoding?: string; bufferSize?: number; recursive?: boolean }): Dir;
  export function opendir(path: PathLike, callback: Result<Dir>): void;
  export function opendir(path: PathLike, options: { encoding?: string; bufferSize?: number; recursive?: boolean } | undefined, callback: Result<Dir>): void;
  /** The files of a folder, with what they are. */
  export function readdirSync(path: PathLike, options: ReaddirOptions & { withFileTypes: true }): Dirent[];
  export function readdir(path: PathLike, options: ReaddirOptions & { withFileTypes: true }, callback: Result<Dirent[]>): void;
  /** The names of the files of a folder. */
  export function readdirSync(path: PathLike, options?: string | null | (ReaddirOptions & { withFileTypes?: false })): string[];
  export function readdir(path: PathLike, callback: Result<string[]>): void;
  export function readdir(path: PathLike, options: string | null | (ReaddirOptions & { withFileTypes?: false }) | undefined, callback: Result<string[]>): void;
  /** Where a link leads. */
  export function readlinkSync(path: PathLike, options?: NameEncoding): string;
  export function readlink(path: PathLike, callback: Result<string>): void;
  export function readlink(path: PathLike, options: NameEncoding | undefined, callback: Result<string>): void;
  /** The path of a file without links, `.` and `..`. */
  export function realpathSync(path: PathLike, options?: NameEncoding): string;
  export function realpath(path: PathLike, callback: Result<string>): void;
  export function realpath(path: PathLike, options: NameEncoding | undefined, callback: Result<string>): void;
  /** Gives a file another name, in the place of what has it. */
  export function renameSync(oldPath: PathLike, newPath: PathLike): void;
  export function rename(oldPath: PathLike, newPath: PathLike, callback: NoResult): void;
  /** Removes a file or, with `recursive`, a folder and all below it. */
  export function rmSync(path: PathLike, options?: RmOptions): void;
  export function rm(path: PathLike, callback: NoResult): void;
  export function rm(path: PathLike, options: RmOptions | undefined, callback: NoResult): void;
  /** Removes an empty folder. */
  export function rmdirSync(path: PathLike): void;
  export function rmdir(path: PathLike, callback: NoResult): void;
  /** What is known of a file, in BigInts. */
  export function statSync(path: PathLike, options: StatOptions & { bigint: true }): BigIntStats;
  export function stat(path: PathLike, options: StatOptions & { bigint: true }, callback: Result<BigIntStats>): void;
  /** What is known of a file. */
  export function statSync(path: PathLike, options?: StatOptions & { bigint?: false }): Stats;
  export function stat(path: PathLike, callback: Result<Stats>): void;
  export function stat(path: PathLike, options: StatOptions & { bigint?: false } | undefined, callback: Result<Stats>): void;
  /** What is known of the file system that a file is on. */
  export function statfsSync(path: PathLike, options?: { bigint?: boolean }): StatFs;
  export function statfs(path: PathLike, callback: Result<StatFs>): void;
  export function statfs(path: PathLike, options: { bigint?: boolean } | undefined, callback: Result<StatFs>): void;
  /** Makes a link. `type` matters on other systems. */
  export function symlinkSync(target: PathLike, path: PathLike, type?: 'dir' | 'file' | 'junction' | null): void;
  export function symlink(target: PathLike, path: PathLike, callback: NoResult): void;
  export function symlink(target: PathLike, path: PathLike, type: 'dir' | 'file' | 'junction' | null | undefined, callback: NoResult): void;
  /** Cuts a file, or lengthens it with zeros. */
  export function truncateSync(path: PathLike, len?: number): void;
  export function truncate(path: PathLike, callback: NoResult): void;
  export function truncate(path: PathLike, len: number | undefined, callback: NoResult): void;
  /** Removes a file. */
  export function unlinkSync(path: PathLike): void;
  export function unlink(path: PathLike, callback: NoResult): void;
  /** Changes the times of a file. */
  export function utimesSync(path: PathLike, atime: Time, mtime: Time): void;
  export function utimes(path: PathLike, atime: Time, mtime: Time, callback: NoResult): void;
  /** Writes a file as a whole. */
  export function writeFileSync(path: PathOrFd, data: FileData, options?: WriteFileOptions): void;
  export function writeFile(path: PathOrFd, data: FileData, callback: NoResult): void;
  export function writeFile(path: PathOrFd, data: FileData, options: WriteFileOptions | undefined, callback: NoResult): void;
  /** Changes the permissions of an open file. */
  export function fchmodSync(fd: number, mode: number | string): void;
  export function fchmod(fd: number, mode: number | string, callback: NoResult): void;
  /** Changes the owner of an open file. */
  export function fchownSync(fd: number, uid: number, gid: number): void;
  export function fchown(fd: number, uid: number, gid: number, callback: NoResult): void;
  /** Waits until the content of an open file is on the disk. */
  export function fdatasyncSync(fd: number): void;
  export function fdatasync(fd: number, callback: NoResult): void;
  /** What is known of an open file, in BigInts. */
  export function fstatSync(fd: number, options: { bigint: true }): BigIntStats;
  export function fstat(fd: number, options: { bigint: true }, callback: Result<BigIntStats>): void;
  /** What is known of an open file. */
  export function fstatSync(fd: number, options?: { bigint?: false }): Stats;
  export function fstat(fd: number, callback: Result<Stats>): void;
  export function fstat(fd: number, options: { bigint?: false } | undefined, callback: Result<Stats>): void;
  /** Waits until an open file is on the disk. */
  export function fsyncSync(fd: number): void;
  export function fsync(fd: number, callback: NoResult): void;
  /** Cuts an open file, or lengthens it with zeros. */
  export function ftruncateSync(fd: number, len?: number): void;
  export function ftruncate(fd: number, callback: NoResult): void;
  export function ftruncate(fd: number, len: number | undefined, callback: NoResult): void;
  /** Changes the times of an open file. */
  export function futimesSync(fd: number, atime: Time, mtime: Time): void;
  export function futimes(fd: number, atime: Time, mtime: Time, callback: NoResult): void;
  /** Opens a file; the number stands for it until it is closed. */
  export function openSync(path: PathLike, flags?: string | number, mode?: number | string): number;
  export function open(path: PathLike, callback: Result<number>): void;
  export function open(path: PathLike, flags: string | number | undefined, mode: number | string | undefined, callback: Result<number>): void;
  export namespace realpath {
    /** The same, with the errors of the system. */
    function native(path: PathLike, callback: Result<string>): void;
    function native(path: PathLike, options: NameEncoding | undefined, callback: Result<string>): void;
  }
  export namespace realpathSync {
    /** The same, with the errors of the system. */
    function native(path: PathLike, options?: NameEncoding): string;
  }
  /** Closes an open file. What is under way is done first. */
  export function closeSync(fd: number): void;
  export function close(fd: number, callback?: NoResult): void;
  /** Whether there is a file. */
  export function existsSync(path: PathLike): boolean;
  export function exists(path: PathLike, callback: (found: boolean) => void): void;

  type Passed<T> = (error: Error | null, count: number, buffer: T) => void;
  interface Part {
    offset?: number;
    length?: number;
    position?: number | bigint | null;
  }
  /** Reads bytes of an open file into a buffer: how many there were. */
  export function readSync(fd: number, buffer: ArrayBufferView, options?: Part): number;
  export function readSync(fd: number, buffer: ArrayBufferView, offset: number, length: number, position?: number | bigint | null): number;
  export function read(fd: number, callback: Passed<Buffer>): void;
  export function read<T extends ArrayBufferView>(fd: number, options: Part & { buffer?: T }, callback: Passed<T>): void;
  export function read<T extends ArrayBufferView>(fd: number, buffer: T, callback: Passed<T>): void;
  export function read<T extends ArrayBufferView>(fd: number, buffer: T, options: Part, callback: Passed<T>): void;
  export function read<T extends ArrayBufferView>(fd: number, buffer: T, offset: number, length: number, position: number | bigint | null, callback: Passed<T>): void;
  /** Reads into several buffers, one after the other. */
  export function readvSync(fd: number, buffers: ArrayBufferView[], position?: number | null): number;
  export function readv<T extends ArrayBufferView>(fd: number, buffers: T[], callback: Passed<T[]>): void;
  export function readv<T extends ArrayBufferView>(fd: number, buffers: T[], position: number | null, callback: Passed<T[]>): void;
  /** Writes bytes or text to an open file: how many bytes one call of the system took. */
  export function writeSync(fd: number, buffer: ArrayBufferView, offset?: number | null | Part, length?: number | null, position?: number | null): number;
  export function writeSync(fd: number, text: string, position?: number | null, encoding?: string): number;
  export function write<T extends FileData>(fd: number, data: T, callback: Passed<T>): void;
  export function write<T extends FileData>(fd: number, data: T, offsetOrPosition: number | null | Part, callback: Passed<T>): void;
  export function write(fd: number, text: string, position: number | null, encoding: string, callback: Passed<string>): void;
  export function write<T extends ArrayBufferView>(fd: number, data: T, offset: number | null, length: number | null, callback: Passed<T>): void;
  export function write<T extends ArrayBufferView>(fd: number, data: T, offset: number | null, length: number | null, position: number | null, callback: Passed<T>): void;
  /** Writes several buffers, one after the other. */
  export function writevSync(fd: number, buffers: ArrayBufferView[], position?: number | null): number;
  export function writev<T extends ArrayBufferView>(fd: number, buffers: T[], callback: Passed<T[]>): void;
  export function writev<T extends ArrayBufferView>(fd: number, buffers: T[], position: number | null, callback: Passed<T[]>): void;

  /** The bytes of a file as a stream. */
  export function createReadStream(path: PathLike, options?: string | ReadStreamOptions): ReadStream;
  /** A stream that writes a file. */
  export function createWriteStream(path: PathLike, options?: string | WriteStreamOptions): WriteStream;

  /** Tells of changes of a file, or of files in a folder. */
  export function watch(filename: PathLike, listener?: (type: 'rename' | 'change', name: string | null) => void): FSWatcher;
  export function watch(filename: PathLike, options: string | WatchOptions | undefined, listener?: (type: 'rename' | 'change', name: string | null) => void): FSWatcher;
  /** Looks at a file now and then, and tells when it is another. */
  export function watchFile(filename: PathLike, listener: (current: Stats, previous: Stats) => void): StatWatcher;
  export function watchFile(filename: PathLike, options: { bigint?: boolean; persistent?: boolean; interval?: number }, listener: (current: Stats, previous: Stats) => void): StatWatcher;
  /** Ends what `watchFile` began. */
  export function unwatchFile(filename: PathLike, listener?: (current: Stats, previous: Stats) => void): void;

  /** The numbers of the system. */
  export const constants: Readonly<Record<string, number>>;
  export const F_OK: number;
  export const R_OK: number;
  export const W_OK: number;
  export const X_OK: number;
  export { promises };

  const fs: Omit<typeof import('fs'), 'default'>;
  export default fs;
}

declare module 'fs/promises' {
  import { EventEmitter } from 'events';
  import {
    BigIntStats, CpOptions, Dir, Dirent, FileData, MkdirOptions, NameEncoding, PathLike, ReadFileOptions,
    ReadStream, ReadStreamOptions, ReaddirOptions, RmOptions, StatFs, StatOptions, Stats, Time, WatchOptions,
    WriteFileOptions, WriteStream, WriteStreamOptions,
  } from 'fs';

  type Part = { offset?: number; length?: number; position?: number | bigint | null };
  type Pieces = FileData | Iterable<FileData> | AsyncIterable<FileData>;

  /** An open file. It emits `close`. */
  export interface FileHandle extends EventEmitter {
    /** Its number; -1 once it is closed. */
    readonly fd: number;
    appendFile(data: Pieces, options?: WriteFileOptions): Promise<void>;
    chmod(mode: number | string): Promise<void>;
    chown(uid: number, gid: number): Promise<void>;
    close(): Promise<void>;
    createReadStream(options?: ReadStreamOptions): ReadStream;
    createWriteStream(options?: WriteStreamOptions): WriteStream;
    datasync(): Promise<void>;
    read(options?: Part & { buffer?: Buffer }): Promise<{ bytesRead: number; buffer: Buffer }>;
    read<T extends ArrayBufferView>(buffer: T, options?: Part): Promise<{ bytesRead: number; buffer: T }>;
    read<T extends ArrayBufferView>(buffer: T, offset: number | null, length?: number | null, position?: number | bigint | null): Promise<{ bytesRead: number; buffer: T }>;
    readFile(options?: null | (ReadFileOptions & { encoding?: null })): Promise<Buffer>;
    readFile(options: string | (ReadFileOptions & { encoding: string })): Promise<string>;
    readLines(options?: ReadStreamOptions): AsyncIterable<string>;
    readableWebStream(): ReadableStream<Uint8Array>;
    readv<T extends ArrayBufferView>(buffers: T[], position?: number | null): Promise<{ bytesRead: number; buffers: T[] }>;
    stat(options: { bigint: true }): Promise<BigIntStats>;
    stat(options?: { bigint?: false }): Promise<Stats>;
    sync(): Promise<void>;
    truncate(len?: number): Promise<void>;
    utimes(atime: Time, mtime: Time): Promise<void>;
    write<T extends ArrayBufferView>(buffer: T, offset?: number | null | Part, length?: number | null, position?: number | null): Promise<{ bytesWritten: number; buffer: T }>;
    write(text: string, position?: number | null, encoding?: string): Promise<{ bytesWritten: number; buffer: string }>;
    writeFile(data: Pieces, options?: WriteFileOptions): Promise<void>;
    writev<T extends ArrayBufferView>(buffers: T[], position?: number | null): Promise<{ bytesWritten: number; buffers: T[] }>;
  }

  /** Opens a file. */
  export function open(path: PathLike, flags?: string | number, mode?: number | string): Promise<FileHandle>;
  /** The bytes of a file. */
  export function readFile(path: PathLike | FileHandle, options?: null | (ReadFileOptions & { encoding?: null })): Promise<Buffer>;
  /** The text of a file. */
  export function readFile(path: PathLike | FileHandle, options: string | (ReadFileOptions & { encoding: string })): Promise<string>;
  /** Whether a file is there, and may be read, written or run as `mode` says; an error if not. */
  export function access(path: PathLike, mode?: number): Promise<void>;
  /** Adds data to the end of a file, which is made if there is none. */
  export function appendFile(path: PathLike | FileHandle, data: Pieces, options?: WriteFileOptions): Promise<void>;
  /** Changes the permissions of a file. */
  export function chmod(path: PathLike, mode: number | string): Promise<void>;
  /** Changes the owner of a file. */
  export function chown(path: PathLike, uid: number, gid: number): Promise<void>;
  /** Copies the content and the permissions of a file. */
  export function copyFile(src: PathLike, dest: PathLike, mode?: number): Promise<void>;
  /** Copies a file or, with `recursive`, a folder and all below it. */
  export function cp(src: string | URL, dest: string | URL, options?: CpOptions): Promise<void>;
  /** Changes the owner of a link itself. */
  export function lchown(path: PathLike, uid: number, gid: number): Promise<void>;
  /** Gives a file another name. */
  export function link(existingPath: PathLike, newPath: PathLike): Promise<void>;
  /** What is known of a file, or of a link itself. */
  export function lstat(path: PathLike, options?: StatOptions & { bigint?: false }): Promise<Stats>;
  /** Changes the times of a link itself. */
  export function lutimes(path: PathLike, atime: Time, mtime: Time): Promise<void>;
  /** Makes a folder. With `recursive` also those around it: the result is the first that was made. */
  export function mkdir(path: PathLike, options?: number | string | MkdirOptions): Promise<string | undefined>;
  /** Makes a folder whose name begins with `prefix` and ends with six random characters. */
  export function mkdtemp(prefix: PathLike, options?: NameEncoding): Promise<string>;
  /** The files of a folder, one after the other. */
  export function opendir(path: PathLike, options?: { encoding?: string; bufferSize?: number; recursive?: boolean }): Promise<Dir>;
  /** The files of a folder, with what they are. */
  export function readdir(path: PathLike, options: ReaddirOptions & { withFileTypes: true }): Promise<Dirent[]>;
  /** The names of the files of a folder. */
  export function readdir(path: PathLike, options?: string | null | (ReaddirOptions & { withFileTypes?: false })): Promise<string[]>;
  /** Where a link leads. */
  export function readlink(path: PathLike, options?: NameEncoding): Promise<string>;
  /** The path of a file without links, `.` and `..`. */
  export function realpath(path: PathLike, options?: NameEncoding): Promise<string>;
  /** Gives a file another name, in the place of what has it. */
  export function rename(oldPath: PathLike, newPath: PathLike): Promise<void>;
  /** Removes a file or, with `recursive`, a folder and all below it. */
  export function rm(path: PathLike, options?: RmOptions): Promise<void>;
  /** Removes an empty folder. */
  export function rmdir(path: PathLike): Promise<void>;
  /** What is known of a file, in BigInts. */
  export function stat(path: PathLike, options: StatOptions & { bigint: true }): Promise<BigIntStats>;
  /** What is known of a file. */
  export function stat(path: PathLike, options?: StatOptions & { bigint?: false }): Promise<Stats>;
  /** What is known of the file system that a file is on. */
  export function statfs(path: PathLike, options?: { bigint?: boolean }): Promise<StatFs>;
  /** Makes a link. `type` matters on other systems. */
  export function symlink(target: PathLike, path: PathLike, type?: 'dir' | 'file' | 'junction' | null): Promise<void>;
  /** Cuts a file, or lengthens it with zeros. */
  export function truncate(path: PathLike, len?: number): Promise<void>;
  /** Removes a file. */
  export function unlink(path: PathLike): Promise<void>;
  /** Changes the times of a file. */
  export function utimes(path: PathLike, atime: Time, mtime: Time): Promise<void>;
  /** Writes a file as a whole. */
  export function writeFile(path: PathLike | FileHandle, data: Pieces, options?: WriteFileOptions): Promise<void>;
  /** Changes of a file, or of files in a folder, for `for await`. */
  export function watch(filename: PathLike, options?: string | (WatchOptions & { maxQueue?: number; overflow?: 'ignore' | 'throw' })): AsyncIterableIterator<{ eventType: 'rename' | 'change'; filename: string | null }>;
  /** The numbers of the system. */
  export const constants: Readonly<Record<string, number>>;

  const fs: Omit<typeof import('fs/promises'), 'default'>;
  export default fs;
}

declare module 'node:fs' { export * from 'fs'; export { default } from 'fs'; }
declare module 'node:fs/promises' { export * from 'fs/promises'; export { default } from 'fs/promises'; }
