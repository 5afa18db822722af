// performance: the clock is native, and marks and measures are loaded when there are some.
// https://w3c.github.io/hr-time/, https://w3c.github.io/user-timing/

import { classes, load } from 'ops:internal:performance';

export const { Performance, performance } = classes();

const timeline = () => load('internal:performance_timeline');

const methods = {
  mark(name, options = {}) {
    return timeline().mark(...arguments);
  },

  measure(name, startOrMeasureOptions = {}, endMark = undefined) {
    return timeline().measure(...arguments);
  },

  clearMarks(name = undefined) {
    timeline().clear('mark', name);
  },

  clearMeasures(name = undefined) {
    timeline().clear('measure', name);
  },

  getEntries() {
    return timeline().entries();
  },

  getEntriesByName(name, type = undefined) {
    return timeline().entriesByName(...arguments);
  },

  getEntriesByType(type) {
    return timeline().entriesByType(...arguments);
  },

  timerify(fn, options = {}) {
    return timeline().timerify(fn, options);
  },

  eventLoopUtilization(first = undefined, second = undefined) {
    return load('internal:loop_delay').eventLoopUtilization(first, second);
  },
};

for (const [name, method] of Object.entries(methods)) {
  Object.defineProperty(Performance.prototype, name, {
    value: method, writable: true, enumerable: true, configurable: true,
  });
}
