// The types of `v8`.

declare module 'v8' {
  /** In bytes. The engine does not tell the heap from the rest. */
  export function getHeapStatistics(): Record<string, number>;
  export function getHeapSpaceStatistics(): never[];
  export function cachedDataVersionTag(): number;
  /** Throws `ERR_FEATURE_UNAVAILABLE_ON_PLATFORM`, as those below. */
  export function serialize(value: any): never;
  export function deserialize(bytes: any): never;
  export function getHeapSnapshot(): never;
  export function writeHeapSnapshot(path?: string): never;
  export function setFlagsFromString(flags: string): never;
  const own: Omit<typeof import('v8'), 'default'>;
  export default own;
}
declare module 'node:v8' { export * from 'v8'; export { default } from 'v8'; }
