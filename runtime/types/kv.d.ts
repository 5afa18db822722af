// The types of `krandog:kv`.

declare module 'krandog:kv' {
  export interface KvOptions {
    /** Milliseconds to wait for another process: 5000. */
    busyTimeout?: number;
  }

  export interface Entry<T = any> {
    key: string;
    value: T;
    /** Of the operation that wrote it: greater than all before. */
    version: number;
    /** When its time is over, as `Date.now()`. */
    expires: number | null;
  }

  export interface Range {
    prefix?: string;
    /** The first key. */
    start?: string;
    /** The first that does not belong to it. */
    end?: string;
    limit?: number;
    reverse?: boolean;
    /** The key behind which to begin. */
    cursor?: string | undefined;
  }

  export interface Change<T = any> {
    type: 'set' | 'delete';
    key: string;
    /** What was set. */
    value?: T;
    version: number;
  }

  export interface SetOptions {
    /** Milliseconds after which it is gone. */
    ttl?: number | undefined;
  }

  /** The version that an entry has to have; null for one that must not be there. */
  export interface Condition {
    ifVersion?: number | null | undefined;
  }

  /** Keys and values, in a file or in memory. */
  export class Kv {
    constructor(path?: string | URL, options?: KvOptions);
    get<T = any>(key: string): Promise<T | undefined>;
    has(key: string): Promise<boolean>;
    entry<T = any>(key: string): Promise<Entry<T> | undefined>;
    /** Resolves with the version once it is on the disk; with null if `ifVersion` was wrong. */
    set(key: string, value: any, options?: SetOptions & Condition): Promise<number | null>;
    /** Whether there was such an entry. */
    delete(key: string, options?: Condition): Promise<boolean>;
    list<T = any>(range?: Range): AsyncGenerator<Entry<T>, void, undefined>;
    /** Up to 100 entries. */
    page<T = any>(range?: Range): Promise<{ entries: Entry<T>[]; cursor: string | undefined }>;
    atomic(): Atomic;
    /** The changes of a key or a prefix that this object makes. Returns what ends it. */
    watch<T = any>(what: string | { prefix: string }, callback: (change: Change<T>) => void): () => boolean;
    watch<T = any>(what: string | { prefix: string }): AsyncIterableIterator<Change<T>>;
    /** Waits for what is being written. */
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
  }

  /** Several writes, of which all happen or none. */
  export interface Atomic {
    /** The entry has this version, or with null is not there. */
    check(key: string, version: number | null): this;
    set(key: string, value: any, options?: SetOptions): this;
    delete(key: string): this;
    /** `deleted` is how many entries are gone. */
    commit(): Promise<{ ok: boolean; version: number | null; deleted: number }>;
  }

  /** Opens a file, or makes one. */
  export function openKv(path?: string | URL, options?: KvOptions): Kv;

  const kv: { Kv: typeof Kv; openKv: typeof openKv };
  export default kv;
}
