// The types of `child_process`.

declare module 'child_process' {
  import { EventEmitter } from 'events';
  import { Readable, Writable } from 'stream';

  type Wanted = 'pipe' | 'overlapped' | 'ignore' | 'inherit' | number | { fd: number } | null | undefined;
  export type StdioOptions = 'pipe' | 'overlapped' | 'ignore' | 'inherit' | (Wanted | 'ipc')[];
  export type KillSignal = string | number;

  interface CommonOptions {
    cwd?: string | URL;
    env?: Record<string, any>;
    argv0?: string;
    /** A shell runs the command: `/bin/sh`, or this one. */
    shell?: boolean | string;
    /** The child leads a group of processes of its own. */
    detached?: boolean;
    uid?: number;
    gid?: number;
    stdio?: StdioOptions;
    /** In milliseconds; 0 for as long as it takes. */
    timeout?: number;
    killSignal?: KillSignal;
    windowsHide?: boolean;
    windowsVerbatimArguments?: boolean;
  }
  export interface SpawnOptions extends CommonOptions {
    signal?: AbortSignal;
    serialization?: 'json';
  }
  export interface ExecOptions extends Omit<CommonOptions, 'stdio'> {
    encoding?: string | null;
    /** Of each of both outputs, in bytes: 1 MiB. */
    maxBuffer?: number;
    signal?: AbortSignal;
  }
  export interface ForkOptions extends SpawnOptions {
    execPath?: string;
    execArgv?: string[];
    /** Pipes in the place of the descriptors of this process. */
    silent?: boolean;
  }
  export interface SpawnSyncOptions extends CommonOptions {
    input?: string | ArrayBufferView;
    encoding?: string | null;
    maxBuffer?: number;
  }
  export interface SpawnSyncResult<T = any> {
    pid: number;
    output: (T | null)[] | null;
    stdout: T;
    stderr: T;
    status: number | null;
    signal: string | null;
    error?: Error & { code: string };
  }
  /** What `exec` and `execFile` call back with. */
  export type ExecError = Error & { code?: number | string | null; killed?: boolean; signal?: string | null; cmd?: string };
  type ExecCallback = (error: ExecError | null, stdout: any, stderr: any) => void;

  /** A process that the script has started. */
  export class ChildProcess extends EventEmitter {
    /** Undefined if it could not be started. */
    readonly pid: number | undefined;
    readonly stdin: Writable | null;
    readonly stdout: Readable | null;
    readonly stderr: Readable | null;
    readonly stdio: (Readable | Writable | null)[];
    readonly exitCode: number | null;
    readonly signalCode: string | null;
    readonly spawnfile: string;
    readonly spawnargs: string[];
    /** Whether `kill` has sent a signal. */
    readonly killed: boolean;
    readonly connected: boolean;
    readonly channel: { ref(): void; unref(): void } | null | undefined;
    /** False if it has ended already. */
    kill(signal?: KillSignal): boolean;
    ref(): void;
    unref(): void;
    /** Sends a message over the channel of `fork`. */
    send(message: any, callback?: (error: Error | null) => void): boolean;
    disconnect(): void;
    _start(wanted: object): this;
    on(name: 'exit' | 'close', listener: (code: number | null, signal: string | null) => void): this;
    on(name: 'error', listener: (error: Error) => void): this;
    on(name: 'spawn' | 'disconnect', listener: () => void): this;
    on(name: 'message', listener: (message: any) => void): this;
    on(name: string | symbol, listener: (...values: any[]) => void): this;
    once(name: 'exit' | 'close', listener: (code: number | null, signal: string | null) => void): this;
    once(name: 'error', listener: (error: Error) => void): this;
    once(name: 'spawn' | 'disconnect', listener: () => void): this;
    once(name: 'message', listener: (message: any) => void): this;
    once(name: string | symbol, listener: (...values: any[]) => void): this;
  }

  /** Starts a program, which runs while the script does. */
  export function spawn(file: string, options?: SpawnOptions): ChildProcess;
  export function spawn(file: string, args?: readonly string[], options?: SpawnOptions): ChildProcess;
  /** Runs a line in a shell and collects what it writes. */
  export function exec(command: string, callback?: ExecCallback): ChildProcess;
  export function exec(command: string, options?: ExecOptions, callback?: ExecCallback): ChildProcess;
  /** Runs a program and collects what it writes. */
  export function execFile(file: string, callback?: ExecCallback): ChildProcess;
  export function execFile(file: string, args: readonly string[] | null, callback?: ExecCallback): ChildProcess;
  export function execFile(
    file: string, args?: readonly string[] | null, options?: ExecOptions, callback?: ExecCallback,
  ): ChildProcess;
  /** Runs a script, with a channel to it. */
  export function fork(modulePath: string | URL, options?: ForkOptions): ChildProcess;
  export function fork(modulePath: string | URL, args?: readonly string[], options?: ForkOptions): ChildProcess;
  /** Starts a program and waits for its end. */
  export function spawnSync(file: string, options?: SpawnSyncOptions): SpawnSyncResult;
  export function spawnSync(file: string, args?: readonly string[], options?: SpawnSyncOptions): SpawnSyncResult;
  /** Runs a line in a shell, and returns what it has written. Throws if it fails. */
  export function execSync(command: string, options?: SpawnSyncOptions): any;
  /** Runs a program, and returns what it has written. Throws if it fails. */
  export function execFileSync(file: string, options?: SpawnSyncOptions): any;
  export function execFileSync(file: string, args?: readonly string[], options?: SpawnSyncOptions): any;
  const own: Omit<typeof import('child_process'), 'default'>;
  export default own;
}
declare module 'node:child_process' { export * from 'child_process'; export { default } from 'child_process'; }
