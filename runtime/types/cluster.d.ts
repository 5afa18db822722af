// The types of `cluster`, in whose place is `krandog --workers N`.

declare module 'cluster' {
  export const isPrimary: true;
  export const isMaster: true;
  export const isWorker: false;
  export const workers: Record<string, never>;
  export const settings: object;
  /** Throws `ERR_FEATURE_UNAVAILABLE_ON_PLATFORM`, as those below. */
  export function fork(env?: object): never;
  export function setupPrimary(settings?: object): never;
  export function setupMaster(settings?: object): never;
  export function disconnect(callback?: () => void): never;
  const own: Omit<typeof import('cluster'), 'default'>;
  export default own;
}
declare module 'node:cluster' { export * from 'cluster'; export { default } from 'cluster'; }
