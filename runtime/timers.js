// Timers: https://html.spec.whatwg.org/#timers and https://nodejs.org/api/timers.html

import {
  setTimeout, setInterval, setImmediate, clearTimeout, clearImmediate, load,
} from 'ops:timers';

// Either clears what the other one set.
const clearInterval = clearTimeout;

// What `util.promisify` makes of them.
for (const name of ['setTimeout', 'setImmediate']) {
  const timer = name === 'setTimeout' ? setTimeout : setImmediate;
  Object.defineProperty(timer, Symbol.for('nodejs.util.promisify.custom'), {
    get: () => load('timers/promises')[name],
    configurable: true,
  });
}

const timers = {
  setTimeout,
  setInterval,
  setImmediate,
  clearTimeout,
  clearInterval,
  clearImmediate,
  get promises() {
    return load('timers/promises').default;
  },
};

export { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate };
export default timers;
