// perf_hooks: https://nodejs.org/api/perf_hooks.html
//
// Left out: histograms, `eventLoopUtilization`, `timerify`.

import { Performance, performance } from 'internal:performance';
import {
  PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver,
  PerformanceObserverEntryList,
} from 'internal:performance_timeline';

const classes = {
  Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver,
  PerformanceObserverEntryList,
};

export {
  Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver,
  PerformanceObserverEntryList, performance,
};
export default { ...classes, performance };
