// The types of `async_hooks`.

declare module 'async_hooks' {
  /** A store that callbacks find again which were registered while it was there. */
  export class AsyncLocalStorage<T = any> {
    /** A function that always runs with the stores of now. */
    static bind<F extends (...values: any[]) => any>(fn: F): F;
    /** A function that runs others with the stores of now. */
    static snapshot(): <R, A extends any[]>(fn: (...values: A) => R, ...values: A) => R;
    constructor(options?: { defaultValue?: T; name?: string });
    readonly name: string;
    /** Calls back with this store, and returns what that returns. */
    run<R, A extends any[]>(store: T, callback: (...values: A) => R, ...values: A): R;
    /** Calls back without a store. */
    exit<R, A extends any[]>(callback: (...values: A) => R, ...values: A): R;
    /** From here on, to the end of what runs now and in all that it registers. */
    enterWith(store: T): void;
    getStore(): T | undefined;
    /** Whoever has a store has none any more. */
    disable(): void;
  }
  /** A scope of its own, for who calls back later. */
  export class AsyncResource {
    static bind<F extends (...values: any[]) => any>(fn: F, type?: string, thisArg?: any): F;
    constructor(type: string, options?: number | { triggerAsyncId?: number; requireManualDestroy?: boolean });
    bind<F extends (...values: any[]) => any>(fn: F, thisArg?: any): F;
    runInAsyncScope<R, A extends any[]>(fn: (...values: A) => R, thisArg?: any, ...values: A): R;
    emitDestroy(): this;
    asyncId(): number;
    triggerAsyncId(): number;
  }
  /** Of the `AsyncResource` in whose scope this is called; 1 outside of any. */
  export function executionAsyncId(): number;
  export function triggerAsyncId(): number;
  export function executionAsyncResource(): object;
  /** Throws `ERR_METHOD_NOT_IMPLEMENTED`: the engine does not tell of each operation. */
  export function createHook(callbacks: object): never;
  export const asyncWrapProviders: Readonly<Record<string, number>>;
  const own: Omit<typeof import('async_hooks'), 'default'>;
  export default own;
}
declare module 'node:async_hooks' { export * from 'async_hooks'; export { default } from 'async_hooks'; }
