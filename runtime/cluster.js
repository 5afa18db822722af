// cluster: several processes that share a port, which krandog does with threads.
// https://nodejs.org/api/cluster.html

import { coded } from 'internal:errors';

export const isPrimary = true;
export const isMaster = true;
export const isWorker = false;
export const workers = {};
export const settings = {};

export function fork() {
  const message = 'cluster.fork() is not there in krandog: start the program with --workers N, and N '
    + 'threads share its ports';
  throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', message);
}

export const setupPrimary = fork;
export const setupMaster = fork;
export const disconnect = fork;

export default {
  isPrimary, isMaster, isWorker, workers, settings, fork, setupPrimary, setupMaster, disconnect,
};
