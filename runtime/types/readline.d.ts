// The types of `readline` and `readline/promises`.

declare module 'readline' {
  import { EventEmitter } from 'events';
  import { Readable, Writable } from 'stream';

  /** What was typed: a name, and which other keys were held. */
  export interface Key {
    sequence?: string;
    name?: string;
    ctrl?: boolean;
    meta?: boolean;
    shift?: boolean;
    code?: string;
  }

  /** What a line could become, and the part of it that is completed. */
  export type CompleterResult = [string[], string];
  export type Completer =
    | ((line: string) => CompleterResult | Promise<CompleterResult>)
    | ((line: string, callback: (error: Error | null, result?: CompleterResult) => void) => void);

  export interface InterfaceOptions {
    input: Readable;
    output?: Writable;
    completer?: Completer;
    /** Whether keys edit the line; without it, whether `output` is a terminal. */
    terminal?: boolean;
    prompt?: string;
    /** The newest first. */
    history?: string[];
    historySize?: number;
    removeHistoryDuplicates?: boolean;
    /** How long a line feed may follow its carriage return, in milliseconds. */
    crlfDelay?: number;
    escapeCodeTimeout?: number;
    tabSize?: number;
    signal?: AbortSignal;
  }

  /** Lines of a stream, as `line` events or by `for await`. */
  export class Interface extends EventEmitter implements AsyncIterable<string> {
    constructor(options: InterfaceOptions);
    constructor(input: Readable, output?: Writable, completer?: Completer, terminal?: boolean);
    line: string;
    cursor: number;
    terminal: boolean;
    closed: boolean;
    paused: boolean;
    history: string[];
    close(): void;
    getCursorPos(): { cols: number; rows: number };
    getPrompt(): string;
    pause(): this;
    prompt(preserveCursor?: boolean): void;
    /** Shows the query, and calls back with the next line. */
    question(query: string, callback: (answer: string) => void): void;
    question(
      query: string,
      options: { signal?: AbortSignal },
      callback: (answer: string) => void,
    ): void;
    resume(): this;
    setPrompt(prompt: string): void;
    write(data: string | Uint8Array | null | undefined, key?: Key): void;
    [Symbol.asyncIterator](): AsyncIterableIterator<string>;
  }

  /** An interface for lines of `input`. */
  export function createInterface(options: InterfaceOptions): Interface;
  export function createInterface(
    input: Readable,
    output?: Writable,
    completer?: Completer,
    terminal?: boolean,
  ): Interface;

  /** Clears the line to the left (-1), to the right (1), or all of it (0). */
  export function clearLine(stream: any, direction: number, callback?: () => void): boolean;
  export function clearScreenDown(stream: any, callback?: () => void): boolean;
  export function cursorTo(stream: any, x: number, y?: number, callback?: () => void): boolean;
  export function cursorTo(stream: any, x: number, callback: () => void): boolean;
  export function moveCursor(stream: any, dx: number, dy: number, callback?: () => void): boolean;
  /** Has a stream emit 'keypress'. */
  export function emitKeypressEvents(stream: any, lines?: Interface): void;

  const readline: {
    Interface: typeof Interface;
    clearLine: typeof clearLine;
    clearScreenDown: typeof clearScreenDown;
    createInterface: typeof createInterface;
    cursorTo: typeof cursorTo;
    emitKeypressEvents: typeof emitKeypressEvents;
    moveCursor: typeof moveCursor;
    promises: typeof import('readline/promises');
  };
  export default readline;
}

declare module 'readline/promises' {
  import { Completer, Interface as Lines, InterfaceOptions } from 'readline';
  import { Readable, Writable } from 'stream';

  /** An interface whose questions are promises. */
  export interface Interface extends Omit<Lines, 'question'> {
    question(query: string, options?: { signal?: AbortSignal }): Promise<string>;
    [Symbol.asyncIterator](): AsyncIterableIterator<string>;
  }
  export const Interface: Omit<typeof Lines, 'prototype'> & {
    new (options: InterfaceOptions): Interface;
    prototype: Interface;
  };

  export function createInterface(options: InterfaceOptions): Interface;
  export function createInterface(
    input: Readable,
    output?: Writable,
    completer?: Completer,
    terminal?: boolean,
  ): Interface;

  /** Collects what moves the cursor, and writes it at once. */
  export class Readline {
    constructor(stream: Writable, options?: { autoCommit?: boolean });
    clearLine(direction: -1 | 0 | 1): this;
    clearScreenDown(): this;
    commit(): Promise<void>;
    cursorTo(x: number, y?: number): this;
    moveCursor(dx: number, dy: number): this;
    rollback(): this;
  }

  const promises: {
    Interface: typeof Interface;
    Readline: typeof Readline;
    createInterface: typeof createInterface;
  };
  export default promises;
}

declare module 'node:readline' {
  export * from 'readline';
  export { default } from 'readline';
}

declare module 'node:readline/promises' {
  export * from 'readline/promises';
  export { default } from 'readline/promises';
}
