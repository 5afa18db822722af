// `mock.timers`: setTimeout, setInterval, setImmediate and Date by a clock that stands still until
// `tick`. https://nodejs.org/api/test.html#class-mocktimers

import timers from 'timers';
import promises from 'timers/promises';
import { abortError, checkArray, checkObject, coded, wrongValue } from 'internal:errors';
import { count } from 'internal:test_options';

const APIS = ['setInterval', 'setTimeout', 'setImmediate', 'Date', 'scheduler.wait'];
const DELAY_MS_MAX = 2 ** 31 - 1;

const RealDate = Date;

// Of all clocks one at a time.
let isEnabled = false;

class Timeout {
  #clock;

  constructor(clock) {
    this.#clock = clock;
  }

  hasRef() {
    return true;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  refresh() {
    this.#clock.refresh(this);
    return this;
  }

  close() {
    this.#clock.clear(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    return this.#clock.numberOf(this);
  }
}

export class MockTimers {
  #now = 0;
  #number = 0;
  // What is armed, by its handle.
  #armed = new Map();
  #restores = [];
  #isOn = false;

  enable(options = {}) {
    checkObject(options, 'options');
    if (this.#isOn || isEnabled) {
      throw coded(Error, 'ERR_INVALID_STATE', 'Invalid state: MockTimers is already enabled!');
    }
    const { apis = APIS, now = 0 } = options;
    checkArray(apis, 'options.apis');
    for (const api of apis) {
      if (!APIS.includes(api)) {
        throw wrongValue('options.apis', api, `must be one of ${APIS.join(', ')}`);
      }
    }
    this.#now = now instanceof RealDate ? now.getTime() : count(now, 'options.now');
    this.#isOn = true;
    isEnabled = true;
    for (const api of apis) this.#mock(api);
  }

  #mock(api) {
    if (api === 'Date') {
      this.#put(globalThis, 'Date', this.#date());
    } else if (api === 'setImmediate') {
      const set = (fn, ...values) => this.#arm(fn, { delay: 0, values, isImmediate: true });
      this.#function('setImmediate', 'clearImmediate', set);
      this.#put(promises, 'setImmediate', (value, options) => this.#promise(0, value, options));
    } else if (api === 'scheduler.wait') {
      const wait = (delay, options) => this.#promise(delay, undefined, options);
      this.#put(promises.scheduler, 'wait', wait);
    } else {
      const repeats = api === 'setInterval';
      const set = (fn, delay, ...values) => this.#arm(fn, { delay, values, repeats });
      this.#function(api, repeats ? 'clearInterval' : 'clearTimeout', set);
      if (repeats) this.#put(promises, api, (...given) => this.#ticks(...given));
      else this.#put(promises, api, (...given) => this.#promise(...given));
    }
  }

  #function(set, clear, fn) {
    for (const where of [globalThis, timers]) {
      this.#put(where, set, fn);
      this.#put(where, clear, (handle) => this.clear(handle));
    }
  }

  #put(object, name, value) {
    const before = Object.getOwnPropertyDescriptor(object, name);
    const current = object[name];
    this.#restores.push(() => {
      if (before !== undefined && 'value' in before) Object.defineProperty(object, name, before);
      else object[name] = current;
    });
    Object.defineProperty(object, name, {
      value, writable: true, configurable: true, enumerable: before?.enumerable ?? true,
    });
  }

  #date() {
    const clock = this;
    class MockDate extends RealDate {
      constructor(...given) {
        if (given.length === 0) super(clock.#now);
        else super(...given);
      }

      static now() {
        return clock.#now;
      }

      static get isMock() {
        return true;
      }
    }
    // Without `new` it is a text.
    const date = new Proxy(MockDate, { apply: () => new MockDate().toString() });
    Object.defineProperty(MockDate, 'name', { value: 'Date', configurable: true });
    MockDate.prototype.constructor = date;
    return date;
  }

  #arm(fn, { delay = 1, values = [], repeats = false, isImmediate = false }) {
    const handle = new Timeout(this);
    const wait = isImmediate ? 0 : Math.trunc(delay >= 1 && delay <= DELAY_MS_MAX ? delay : 1);
    this.#number += 1;
    const number = this.#number;
    this.#armed.set(handle, {
      fn, values, repeats, wait, number, order: number, at: this.#now + wait, isImmediate,
    });
    return handle;
  }

  #promise(delay, value, options = {}) {
    const { promise, resolve, reject } = Promise.withResolvers();
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(abortError(signal));
    const handle = this.#arm(() => {
      signal?.removeEventListener('abort', abort);
      resolve(value);
    }, { delay });
    const abort = () => {
      this.clear(handle);
      reject(abortError(signal));
    };
    signal?.addEventListener('abort', abort, { once: true });
    return promise;
  }

  async* #ticks(delay, value) {
    const due = [];
    let wake = () => {};
    const handle = this.#arm(() => {
      due.push(value);
      wake();
    }, { delay, repeats: true });
    try {
      for (;;) {
        if (due.length === 0) {
          await new Promise((resolve) => {
            wake = resolve;
          });
        }
        while (due.length > 0) yield due.shift();
      }
    } finally {
      this.clear(handle);
    }
  }

  clear(handle) {
    if (handle instanceof Timeout) {
      this.#armed.delete(handle);
    } else {
      for (const [known, { number }] of this.#armed) {
        if (number === Number(handle)) this.#armed.delete(known);
      }
    }
  }

  refresh(handle) {
    const timer = this.#armed.get(handle);
    if (timer !== undefined) timer.at = this.#now + timer.wait;
  }

  numberOf(handle) {
    return this.#armed.get(handle)?.number ?? 0;
  }

  #checkOn() {
    if (this.#isOn) return;
    const message = 'Invalid state: You should enable MockTimers first by calling the .enable function';
    throw coded(Error, 'ERR_INVALID_STATE', message);
  }

  tick(time = 1) {
    this.#checkOn();
    this.#run(this.#now + count(time, 'time'));
  }

  /** As far as the last of those that are armed. */
  runAll() {
    this.#checkOn();
    const last = Math.max(this.#now, ...[...this.#armed.values()].map(({ at }) => at));
    this.#run(last);
  }

  setTime(milliseconds) {
    this.#checkOn();
    this.#now = count(milliseconds, 'milliseconds');
  }

  /** As in Node.js, whoever is called finds that all of the time has passed. */
  #run(until) {
    this.#now = until;
    for (;;) {
      let next;
      for (const [handle, timer] of this.#armed) {
        const isFirst = next === undefined || timer.at < next[1].at
          || (timer.at === next[1].at && timer.order < next[1].order);
        if (timer.at <= until && isFirst) next = [handle, timer];
      }
      if (next === undefined) break;
      const [handle, timer] = next;
      if (timer.repeats) {
        timer.at += timer.wait;
        this.#number += 1;
        timer.order = this.#number;
      } else {
        this.#armed.delete(handle);
      }
      Reflect.apply(timer.fn, handle, timer.values);
    }
  }

  reset() {
    if (!this.#isOn) return;
    for (const restore of this.#restores.reverse()) restore();
    this.#restores = [];
    this.#armed.clear();
    this.#isOn = false;
    isEnabled = false;
    this.#now = 0;
  }

  [Symbol.dispose ?? Symbol.for('Symbol.dispose')]() {
    this.reset();
  }
}
