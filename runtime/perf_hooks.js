// perf_hooks: https://nodejs.org/api/perf_hooks.html
//
// Left out: what the system would time by itself, such as garbage collection, requests and look-ups.

import { Performance, performance } from 'internal:performance';
import {
  PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver,
  PerformanceObserverEntryList, timerify,
} from 'internal:performance_timeline';
import { load } from 'ops:perf_hooks';

export function createHistogram(options) {
  return load('internal:histogram').createHistogram(options);
}

export function monitorEventLoopDelay(options) {
  return load('internal:loop_delay').monitorEventLoopDelay(options);
}

export function eventLoopUtilization(first, second) {
  return load('internal:loop_delay').eventLoopUtilization(first, second);
}

export const constants = Object.freeze({ __proto__: null });

const classes = {
  Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver,
  PerformanceObserverEntryList,
};

export {
  Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver,
  PerformanceObserverEntryList, performance, timerify,
};
export default {
  ...classes, constants, createHistogram, eventLoopUtilization, monitorEventLoopDelay, performance,
  timerify,
};
