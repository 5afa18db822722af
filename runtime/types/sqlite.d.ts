// The types of `krandog:sqlite`, `krandog:history/sqlite` and `node:sqlite`.

declare module 'krandog:sqlite' {
  /** What SQLite can hold. */
  export type Value = null | number | bigint | string | Uint8Array;

  /** What can be given for a parameter. */
  export type Given = Value | boolean | BufferSource;

  /** Values in their order; names may come first, in an object. */
  export type Parameters = [Record<string, Given>, ...Given[]] | Given[];

  export type Row = Record<string, any>;

  export interface DatabaseOptions {
    /** Nothing is written. */
    readonly?: boolean;
    /** Makes a file that is not there: true. */
    create?: boolean;
    /** Uses a write-ahead log: true. */
    wal?: boolean;
    /** When to wait for the disk: `normal`. */
    synchronous?: 'off' | 'normal' | 'full' | 'extra';
    /** Looks at foreign keys: true. */
    foreignKeys?: boolean;
    /** Milliseconds to wait for another connection: 5000. */
    busyTimeout?: number;
    /** Integers are bigints. */
    bigints?: boolean;
    /** Of what `all` and `values` return: 512 MiB. */
    maxResultBytes?: number;
  }

  export interface FunctionOptions {
    /** The same arguments always give the same. */
    deterministic?: boolean;
    /** It must not be called by triggers and views. */
    directOnly?: boolean;
    useBigIntArguments?: boolean;
    /** It takes any number of arguments. */
    varargs?: boolean;
  }

  export interface AggregateOptions<T = any> extends FunctionOptions {
    /** What there is before the first row, or what makes it. */
    start?: T | (() => T);
    step(soFar: T, ...values: any[]): T;
    result?(soFar: T): any;
    /** Takes a row out again, of a window. */
    inverse?(soFar: T, ...values: any[]): T;
  }

  export interface RunResult {
    changes: number | bigint;
    lastInsertRowid: number | bigint;
  }

  export interface ColumnInfo {
    name: string;
    column: string | null;
    table: string | null;
    database: string | null;
    type: string | null;
  }

  /** What `transaction` makes of a function. */
  export interface Transaction<F extends (...given: any[]) => any> {
    (...given: globalThis.Parameters<F>): ReturnType<F>;
    /** Keeps others from writing from the first one of its own writes on. */
    deferred(...given: globalThis.Parameters<F>): ReturnType<F>;
    immediate(...given: globalThis.Parameters<F>): ReturnType<F>;
    exclusive(...given: globalThis.Parameters<F>): ReturnType<F>;
  }

  /** A database: a file, or memory. */
  export class Database {
    constructor(path?: string | URL, options?: DatabaseOptions);
    readonly isOpen: boolean;
    readonly isTransaction: boolean;
    /** On other threads. */
    readonly async: AsyncDatabase;
    /** Runs all statements of a text. */
    exec(sql: string): void;
    prepare(sql: string): Statement;
    /** A statement that is kept for the next call with the same SQL. */
    query(sql: string): Statement;
    /** A function that does all that another one does, or nothing. */
    transaction<F extends (...given: any[]) => any>(fn: F): Transaction<F>;
    function(name: string, fn: (...values: any[]) => any): void;
    function(name: string, options: FunctionOptions, fn: (...values: any[]) => any): void;
    aggregate<T>(name: string, options: AggregateOptions<T>): void;
    /** Copies it to a file. Resolves with the number of pages. */
    backup(path: string | URL, options?: { rate?: number }): Promise<number>;
    /** The path; null for memory. */
    location(name?: string): string | null;
    close(): void;
    [Symbol.dispose](): void;
  }

  /** A statement that is prepared. */
  export class Statement {
    private constructor();
    readonly sourceSQL: string;
    readonly expandedSQL: string;
    run(...parameters: Parameters): RunResult;
    get<T = Row>(...parameters: Parameters): T | undefined;
    all<T = Row>(...parameters: Parameters): T[];
    values(...parameters: Parameters): any[][];
    iterate<T = Row>(...parameters: Parameters): Generator<T, void, undefined>;
    [Symbol.iterator](): Generator<Row, void, undefined>;
    columns(): ColumnInfo[];
    setReadBigInts(yes: boolean): void;
    finalize(): void;
    [Symbol.dispose](): void;
  }

  /** Each call is a promise; writes are done one by one. */
  export interface AsyncDatabase {
    run(sql: string, ...parameters: Parameters): Promise<RunResult>;
    exec(sql: string): Promise<void>;
    get<T = Row>(sql: string, ...parameters: Parameters): Promise<T | undefined>;
    all<T = Row>(sql: string, ...parameters: Parameters): Promise<T[]>;
    values(sql: string, ...parameters: Parameters): Promise<any[][]>;
    /** Statements with their parameters, in one transaction. Resolves with the rows each has changed. */
    batch(statements: [sql: string, ...parameters: Parameters][]): Promise<any[]>;
    /** The same, whose calls a signal ends. */
    with(options: { signal?: AbortSignal }): AsyncDatabase;
    close(): Promise<void>;
  }

  const sqlite: { Database: typeof Database; Statement: typeof Statement };
  export default sqlite;
}

declare module 'krandog:history/sqlite' {
  import { History, HistoryOptions, Position } from 'krandog:history';
  import { Hub, PublishOptions } from 'krandog:hub';
  import { Database } from 'krandog:sqlite';

  export interface SqliteHistoryOptions {
    /** Of a room: 100. */
    messages?: number;
    /** Milliseconds that a message is kept: 300 000. */
    age?: number;
    /** 10 000. */
    rooms?: number;
    encode?(data: any, facts: Position & { room: string }): string | ArrayBuffer | ArrayBufferView;
  }

  /** History in a database, which outlives the program. */
  export class SqliteHistory {
    constructor(hub: Hub, database: Database, options?: SqliteHistoryOptions);
    publish(room: string, data: any, options?: PublishOptions): ReturnType<History['publish']>;
    join(
      ws: WebSocket,
      room: string,
      options?: { since?: unknown; last?: number },
    ): ReturnType<History['join']>;
    since(room: string, position: unknown): ReturnType<History['since']>;
    position(room: string): Position;
    clear(room: string): boolean;
  }

  const history: { SqliteHistory: typeof SqliteHistory };
  export default history;
}

declare module 'node:sqlite' {
  import { AggregateOptions, ColumnInfo, FunctionOptions, Given, Row, RunResult } from 'krandog:sqlite';

  type NodeGiven = Exclude<Given, boolean>;
  type NodeParameters = [Record<string, NodeGiven>, ...NodeGiven[]] | NodeGiven[];

  export interface DatabaseSyncOptions {
    /** True. */
    open?: boolean;
    readOnly?: boolean;
    enableForeignKeyConstraints?: boolean;
    enableDoubleQuotedStringLiterals?: boolean;
    readBigInts?: boolean;
    /** Milliseconds to wait for another connection: 0. */
    timeout?: number;
  }

  /** A database: a file, or memory. */
  export class DatabaseSync {
    constructor(path: string | Uint8Array | URL, options?: DatabaseSyncOptions);
    readonly isOpen: boolean;
    readonly isTransaction: boolean;
    open(): void;
    close(): void;
    exec(sql: string): void;
    prepare(sql: string): StatementSync;
    function(name: string, fn: (...values: any[]) => any): void;
    function(name: string, options: FunctionOptions, fn: (...values: any[]) => any): void;
    aggregate<T>(name: string, options: AggregateOptions<T>): void;
    location(dbName?: string): string | null;
    /** Only `false`: extensions are not loaded. */
    enableLoadExtension(allow: boolean): void;
    /** Throws. */
    loadExtension(path: string): never;
    [Symbol.dispose](): void;
  }

  /** A statement that is prepared. */
  export class StatementSync {
    private constructor();
    readonly sourceSQL: string;
    readonly expandedSQL: string;
    run(...parameters: NodeParameters): RunResult;
    get(...parameters: NodeParameters): Row | undefined;
    all(...parameters: NodeParameters): Row[];
    iterate(...parameters: NodeParameters): IteratorObject<Row, null, undefined>;
    columns(): ColumnInfo[];
    setReadBigInts(enabled: boolean): void;
    setReturnArrays(enabled: boolean): void;
    setAllowBareNamedParameters(enabled: boolean): void;
    setAllowUnknownNamedParameters(enabled: boolean): void;
  }

  /** Copies a database to a file. Resolves with the number of pages. */
  export function backup(
    sourceDb: DatabaseSync,
    path: string | Uint8Array | URL,
    options?: { rate?: number; source?: 'main'; target?: 'main' },
  ): Promise<number>;

  export const constants: Readonly<Record<string, number>>;

  const sqlite: {
    DatabaseSync: typeof DatabaseSync;
    StatementSync: typeof StatementSync;
    backup: typeof backup;
    constants: typeof constants;
  };
  export default sqlite;
}
