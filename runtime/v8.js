// v8: what programs ask of the engine that Node.js has, as far as it means something here.
// https://nodejs.org/api/v8.html

import { coded } from 'internal:errors';
import process from 'process';
import { totalmem } from 'os';

/** The engine does not tell the heap from the rest of what the process has in memory. */
export function getHeapStatistics() {
  const { rss } = process.memoryUsage();
  return {
    total_heap_size: rss,
    total_heap_size_executable: 0,
    total_physical_size: rss,
    total_available_size: Math.max(0, totalmem() - rss),
    used_heap_size: rss,
    heap_size_limit: totalmem(),
    malloced_memory: 0,
    peak_malloced_memory: 0,
    does_zap_garbage: 0,
    number_of_native_contexts: 1,
    number_of_detached_contexts: 0,
    total_global_handles_size: 0,
    used_global_handles_size: 0,
    external_memory: 0,
  };
}

export function getHeapSpaceStatistics() {
  return [];
}

const missing = (name, remedy) => () => {
  const message = `v8.${name}() is not there in krandog, whose engine is another one: ${remedy}`;
  throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', message);
};

const format = "structuredClone() copies a value, and JSON makes bytes of one";
export const serialize = missing('serialize', format);
export const deserialize = missing('deserialize', format);
export const getHeapSnapshot = missing('getHeapSnapshot', 'process.memoryUsage() tells its size');
export const writeHeapSnapshot = missing('writeHeapSnapshot', 'process.memoryUsage() tells its size');

/** Flags are for an engine that is not here, and programs do without them. */
export function setFlagsFromString() {
  missing('setFlagsFromString', 'it has no such flags')();
}

export function cachedDataVersionTag() {
  return 0;
}

export default {
  cachedDataVersionTag, deserialize, getHeapSnapshot, getHeapSpaceStatistics, getHeapStatistics,
  serialize, setFlagsFromString, writeHeapSnapshot,
};
