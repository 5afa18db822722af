// The types of `vm`.

declare module 'vm' {
  export interface ScriptOptions { filename?: string; lineOffset?: number; columnOffset?: number }
  /** A text that can be run more than once. */
  export class Script {
    constructor(code: string, options?: string | ScriptOptions);
    runInThisContext(options?: ScriptOptions): any;
    /** Throws `ERR_FEATURE_UNAVAILABLE_ON_PLATFORM`, as those below: there is one realm. */
    runInContext(context: object): never;
    runInNewContext(context?: object): never;
    createCachedData(): never;
  }
  /** Runs a text in the global scope. */
  export function runInThisContext(code: string, options?: string | ScriptOptions): any;
  export function compileFunction(code: string, params?: string[], options?: ScriptOptions): Function;
  export function isContext(object: object): false;
  export function createContext(object?: object): never;
  export function runInContext(code: string, context: object): never;
  export function runInNewContext(code: string, context?: object): never;
  export function measureMemory(): never;
  export const constants: Readonly<Record<string, never>>;
  const own: Omit<typeof import('vm'), 'default'>;
  export default own;
}
declare module 'node:vm' { export * from 'vm'; export { default } from 'vm'; }
