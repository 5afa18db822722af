// Timers: https://html.spec.whatwg.org/#timers and https://nodejs.org/api/timers.html

import {
  setTimeout, setInterval, setImmediate, clearTimeout, clearImmediate,
} from 'ops:timers';

// Either clears what the other one set.
const clearInterval = clearTimeout;

export { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate };
export default {
  setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate,
};
