// How busy the event loop is: `eventLoopUtilization` and `monitorEventLoopDelay`.
// https://nodejs.org/api/perf_hooks.html

import { checkInteger, checkObject, outOfRange } from 'internal:errors';
import { Histogram } from 'internal:histogram';
import * as histograms from 'internal:histogram';
import { performance } from 'internal:performance';
import { clearInterval, setInterval } from 'timers';
import { slept } from 'ops:internal:loop_delay';

let since;

function share(idle, active) {
  return { idle, active, utilization: idle + active === 0 ? 0 : active / (idle + active) };
}

/** From the first call on: that one finds nothing. */
export function eventLoopUtilization(first, second) {
  if (first !== undefined && second !== undefined) {
    return share(first.idle - second.idle, first.active - second.active);
  }
  const idle = slept();
  const now = performance.now();
  since ??= now;
  const active = Math.max(0, now - since - idle);
  return first === undefined ? share(idle, active) : share(idle - first.idle, active - first.active);
}

class IntervalHistogram extends Histogram {
  #timer;
  #resolution = 10;

  static resolve(histogram, resolution) {
    histogram.#resolution = resolution;
  }

  enable() {
    if (this.#timer !== undefined) return false;
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      records.get(this)(Math.max(1, Math.round((now - last) * 1e6)));
      last = now;
    }, this.#resolution);
    this.#timer.unref();
    return true;
  }

  disable() {
    if (this.#timer === undefined) return false;
    clearInterval(this.#timer);
    this.#timer = undefined;
    return true;
  }
}

const records = new WeakMap();
const { resolve } = IntervalHistogram;
delete IntervalHistogram.resolve;

export function monitorEventLoopDelay(options = {}) {
  checkObject(options, 'options');
  const { resolution = 10 } = options;
  checkInteger(resolution, 'options.resolution');
  if (resolution < 1) throw outOfRange('options.resolution', '>= 1 && <= 9007199254740991', resolution);
  const [histogram, record] = histograms.hidden(IntervalHistogram);
  records.set(histogram, record);
  resolve(histogram, resolution);
  return histogram;
}
