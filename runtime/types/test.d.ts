// The types of `node:test` and `krandog:test`, and of the globals of the first krandog.

declare module 'node:test' {
  export interface TestOptions {
    /** How many subtests run at a time; `true` is as many as there are. False: one. */
    concurrency?: number | boolean | null;
    /** With `krandog test --only`, those that are marked are the only ones to run. */
    only?: boolean;
    /** It does not run; a text says why. */
    skip?: boolean | string;
    /** It may fail; a text says what is to be done. */
    todo?: boolean | string;
    /** It passes by failing. */
    expectFailure?: boolean;
    /** Calls it off. */
    signal?: AbortSignal;
    /** In milliseconds: that of what it is in, or none. */
    timeout?: number;
    /** How many assertions and subtests there have to be. */
    plan?: number;
  }

  export interface HookOptions {
    signal?: AbortSignal;
    timeout?: number;
  }

  type Done = (error?: unknown) => void;
  type TestFn = (t: TestContext, done: Done) => unknown;
  type SuiteFn = (s: SuiteContext) => unknown;
  type HookFn = (t: any, done: Done) => unknown;

  /** What a suite is given. */
  export interface SuiteContext {
    readonly name: string;
    /** With the names of the suites around it. */
    readonly fullName: string;
    readonly filePath: string;
    /** Aborted when the suite is over. */
    readonly signal: AbortSignal;
    readonly passed: boolean;
    /** Says something in the report. */
    diagnostic(message: string): void;
  }

  type Counted = Omit<typeof import('assert'), 'AssertionError' | 'strict' | 'default'>;

  /** `t.assert`: the functions of `assert`, which count for `t.plan`. */
  export interface TestAssert extends Counted {
    /** Compares with what an earlier run has kept. */
    snapshot(value: any, options?: { serializers?: Array<(value: any) => any> }): void;
    /** The same in a file of its own. */
    fileSnapshot(value: any, path: string, options?: { serializers?: Array<(value: any) => any> }): void;
    [registered: string]: any;
  }

  /** What a test is given. */
  export interface TestContext extends SuiteContext {
    readonly error: Error | null;
    readonly assert: TestAssert;
    /** What is mocked by it comes back when the test is over. */
    readonly mock: MockTracker;
    /** A subtest. */
    test(name?: string, fn?: TestFn): Promise<void>;
    test(name?: string, options?: TestOptions, fn?: TestFn): Promise<void>;
    test(options?: TestOptions, fn?: TestFn): Promise<void>;
    test(fn?: TestFn): Promise<void>;
    before(fn: HookFn, options?: HookOptions): void;
    after(fn: HookFn, options?: HookOptions): void;
    beforeEach(fn: HookFn, options?: HookOptions): void;
    afterEach(fn: HookFn, options?: HookOptions): void;
    skip(message?: string): void;
    todo(message?: string): void;
    runOnly(only: boolean): void;
    /** So many assertions of `t.assert` and subtests, and no others. */
    plan(count: number, options?: { wait?: boolean | number }): void;
    /** What the condition returns, once it does not throw any more. */
    waitFor<T>(condition: () => T | PromiseLike<T>, options?: { interval?: number; timeout?: number }): Promise<T>;
  }

  interface Declare<Fn> {
    (name?: string, fn?: Fn): Promise<void>;
    (name?: string, options?: TestOptions, fn?: Fn): Promise<void>;
    (options?: TestOptions, fn?: Fn): Promise<void>;
    (fn?: Fn): Promise<void>;
  }

  interface Variants<Fn> extends Declare<Fn> {
    skip: Declare<Fn>;
    todo: Declare<Fn>;
    only: Declare<Fn>;
    expectFailure: Declare<Fn>;
  }

  /** Another word for `test`. */
  export const it: Variants<TestFn>;
  /** A suite: what its function declares is in it. */
  export const suite: Variants<SuiteFn>;
  /** Another word for `suite`. */
  export const describe: Variants<SuiteFn>;
  /** A test that does not run. */
  export const skip: Declare<TestFn>;
  /** A test that may fail. */
  export const todo: Declare<TestFn>;
  /** A test that is the only one to run, with `krandog test --only`. */
  export const only: Declare<TestFn>;
  /** A test that passes by failing. */
  export const expectFailure: Declare<TestFn>;
  /** Runs before the first test of the suite, or of the file. */
  export function before(fn: HookFn, options?: HookOptions): void;
  /** Runs after the last one. */
  export function after(fn: HookFn, options?: HookOptions): void;
  /** Runs before each test, those of inner suites too. */
  export function beforeEach(fn: HookFn, options?: HookOptions): void;
  /** Runs after each test. */
  export function afterEach(fn: HookFn, options?: HookOptions): void;

  export interface MockCall {
    arguments: any[];
    error: any;
    result: any;
    stack: Error;
    target: Function | undefined;
    this: any;
  }

  export interface MockFunctionContext {
    readonly calls: MockCall[];
    callCount(): number;
    resetCalls(): void;
    mockImplementation(implementation: Function): void;
    mockImplementationOnce(implementation: Function, onCall?: number): void;
    restore(): void;
  }

  export interface MockPropertyContext {
    readonly accesses: Array<{ type: 'get' | 'set'; value: any; stack: Error }>;
    accessCount(): number;
    resetAccesses(): void;
    mockImplementation(value: any): void;
    mockImplementationOnce(value: any, onAccess?: number): void;
    restore(): void;
  }

  type Mocked<F> = F & { mock: MockFunctionContext };

  export interface MockOptions {
    /** After so many calls the original is called again. */
    times?: number;
  }

  export interface MockTimers {
    enable(options?: {
      apis?: Array<'setTimeout' | 'setInterval' | 'setImmediate' | 'Date' | 'scheduler.wait'>;
      now?: number | Date;
    }): void;
    /** So many milliseconds pass: 1. */
    tick(milliseconds?: number): void;
    runAll(): void;
    setTime(milliseconds: number): void;
    reset(): void;
  }

  export interface MockTracker {
    fn<F extends Function = (...values: any[]) => any>(original?: F, options?: MockOptions): Mocked<F>;
    fn<F extends Function>(original: F, implementation: Function, options?: MockOptions): Mocked<F>;
    method(object: object, name: PropertyKey, implementation?: Function, options?: MockOptions & {
      getter?: boolean;
      setter?: boolean;
    }): Mocked<Function>;
    getter(object: object, name: PropertyKey, implementation?: Function, options?: MockOptions): Mocked<Function>;
    setter(object: object, name: PropertyKey, implementation?: Function, options?: MockOptions): Mocked<Function>;
    property<T extends object>(object: T, name: keyof T, value?: any): T & { mock: MockPropertyContext };
    /** Other exports for whoever imports the module from now on. */
    module(specifier: string | URL, options?: {
      cache?: boolean;
      defaultExport?: any;
      namedExports?: object;
    }): { restore(): void };
    readonly timers: MockTimers;
    /** Brings everything back, and forgets it. */
    reset(): void;
    /** Brings everything back. */
    restoreAll(): void;
  }

  /** Mocks that stay until `mock.reset()`. */
  export const mock: MockTracker;

  /** What `t.assert` has beside the functions of `assert`. */
  export const assert: { register(name: string, fn: Function): void };

  /** How snapshots are made, and where they are kept. */
  export const snapshot: {
    setDefaultSnapshotSerializers(serializers: Array<(value: any) => any>): void;
    setResolveSnapshotPath(resolve: (file: string | undefined) => string): void;
  };

  export interface RunOptions {
    /** Those that `krandog test` would find, without. */
    files?: string[];
    concurrency?: number | boolean;
    /** In milliseconds, of a file. */
    timeout?: number;
    signal?: AbortSignal;
    only?: boolean;
    testNamePatterns?: string | RegExp | Array<string | RegExp>;
    testSkipPatterns?: string | RegExp | Array<string | RegExp>;
    /** What the files get as arguments. */
    argv?: string[];
    setup?(stream: any): void;
  }

  /** What becomes of the tests: objects to iterate, and events of the names of their types. */
  export interface TestsStream extends AsyncIterable<{ type: string; data: any }> {
    on(name: string, listener: (data: any) => void): this;
    once(name: string, listener: (data: any) => void): this;
    off(name: string, listener: (data: any) => void): this;
    pipe<T>(destination: T): T;
  }

  /** Runs the tests of files, each in a process of its own: a readable stream of `{type, data}`. */
  export function run(options?: RunOptions): TestsStream;

  /** A test. */
  export const test: Variants<TestFn> & {
    test: typeof test;
    it: typeof it;
    suite: typeof suite;
    describe: typeof describe;
    before: typeof before;
    after: typeof after;
    beforeEach: typeof beforeEach;
    afterEach: typeof afterEach;
    run: typeof run;
    assert: typeof assert;
    snapshot: typeof snapshot;
    mock: typeof mock;
  };
  export default test;
}

declare module 'node:test/reporters' {
  interface TestEvent {
    type: string;
    data: any;
  }
  type Reporter = (source: AsyncIterable<TestEvent> | Iterable<TestEvent>) => AsyncGenerator<string, void>;

  /** What people read. */
  export const spec: Reporter;
  /** The Test Anything Protocol, version 13. */
  export const tap: Reporter;
  /** XML for servers for continuous integration. */
  export const junit: Reporter;
  /** A sign for each test. */
  export const dot: Reporter;
  const reporters: { spec: Reporter; tap: Reporter; junit: Reporter; dot: Reporter };
  export default reporters;
}

declare module 'krandog:test' {
  export interface WaitOptions {
    /** In milliseconds, of real time: 5000. */
    timeout?: number;
  }

  /**
   * An open WebSocket to a server, which need not listen. Its options are those of `new WebSocket`,
   * but `reconnect` and `signal`.
   */
  export function pair(
    server: import('http').Server, path?: string, options?: WebSocketClientOptions,
  ): Promise<WebSocket>;
  /** The next message that nobody has been given: of those since `pair`, or since the first call. */
  export function nextMessage(ws: WebSocket, options?: WaitOptions): Promise<any>;
  /** Waits for the end of a socket; throws if it has another code, or another reason. */
  export function expectClose(
    ws: WebSocket, code?: number, options?: WaitOptions & { reason?: string },
  ): Promise<CloseEvent>;

  export interface FakeClock {
    /** So many milliseconds pass at once, for timers, `Date` and the deadlines of connections. */
    advance(milliseconds: number): Promise<void>;
  }

  /** Time that passes when a test says so. */
  export function fakeClock(): FakeClock;

  const all: {
    pair: typeof pair;
    nextMessage: typeof nextMessage;
    expectClose: typeof expectClose;
    fakeClock: typeof fakeClock;
  };
  export default all;
}

/** Declares a test for `run()`. `node:test` has more. */
declare function test(name: string, fn: () => unknown): void;
/** Runs the tests that were declared by the global `test`; whether all have passed. */
declare function run(): Promise<boolean>;
/** Throws unless the value is truthy. */
declare function assert(value: any, message?: string): asserts value;
/** Throws unless the two are strictly deep-equal. */
declare function assertEqual(actual: any, expected: any, message?: string): void;
