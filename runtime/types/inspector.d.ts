// The types of `inspector`, which is not there.

declare module 'inspector' {
  /** Throws `ERR_INSPECTOR_NOT_AVAILABLE`, as do `open` and `waitForDebugger`. */
  export class Session {}
  export function open(port?: number, host?: string, wait?: boolean): never;
  export function waitForDebugger(): never;
  export function close(): void;
  export function url(): undefined;
  const own: Omit<typeof import('inspector'), 'default'>;
  export default own;
}
declare module 'node:inspector' { export * from 'inspector'; export { default } from 'inspector'; }
