// Histograms: how often which values came, to three digits.
// https://nodejs.org/api/perf_hooks.html#class-histogram

import { checkInteger, checkNumber, checkObject, coded, outOfRange, wrongType } from 'internal:errors';
import { performance } from 'internal:performance';

const inside = Symbol('inside');
const custom = Symbol.for('nodejs.util.inspect.custom');
const LARGEST = Number.MAX_SAFE_INTEGER;

/** Values that count as the same: their largest, with `figures` digits. */
function bucketOf(value, figures) {
  // As many binary steps between two powers of two as it takes for that many digits.
  const steps = 2 ** Math.ceil(Math.log2(2 * 10 ** figures));
  if (value < steps) return value;
  const width = 2 ** (Math.floor(Math.log2(value)) - Math.log2(steps) + 1);
  return Math.floor(value / width) * width + width - 1;
}

export class Histogram {
  #counts = new Map();
  #count = 0;
  #exceeds = 0;
  #min = LARGEST;
  #max = 0;
  #lowest = 1;
  #highest = LARGEST;
  #figures = 3;

  constructor(key, { lowest = 1, highest = LARGEST, figures = 3 } = {}) {
    if (key !== inside) throw coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    this.#lowest = Number(lowest);
    this.#highest = Number(highest);
    this.#figures = figures;
  }

  get count() {
    return this.#count;
  }

  get countBigInt() {
    return BigInt(this.#count);
  }

  get exceeds() {
    return this.#exceeds;
  }

  get exceedsBigInt() {
    return BigInt(this.#exceeds);
  }

  get min() {
    return this.#count === 0 ? 2 ** 63 : this.#min;
  }

  get minBigInt() {
    return this.#count === 0 ? 2n ** 63n - 1n : BigInt(this.#min);
  }

  get max() {
    return this.#max;
  }

  get maxBigInt() {
    return BigInt(this.#max);
  }

  get mean() {
    let sum = 0;
    for (const [value, count] of this.#counts) sum += value * count;
    return this.#count === 0 ? NaN : sum / this.#count;
  }

  get stddev() {
    const { mean } = this;
    let sum = 0;
    for (const [value, count] of this.#counts) sum += (value - mean) ** 2 * count;
    return this.#count === 0 ? NaN : Math.sqrt(sum / this.#count);
  }

  get percentiles() {
    const found = new Map();
    for (const [percentile, value] of this.#percentiles()) found.set(percentile, value);
    return found;
  }

  get percentilesBigInt() {
    const found = new Map();
    for (const [percentile, value] of this.#percentiles()) found.set(percentile, BigInt(value));
    return found;
  }

  /** Each half of what is left, and the end. */
  * #percentiles() {
    if (this.#count === 0) {
      yield [100, 0];
      return;
    }
    for (let left = 100; left > 100 / this.#count / 2; left /= 2) yield [100 - left, this.percentile(100 - left || 1e-9)];
    yield [100, this.#max];
  }

  percentile(percentile) {
    checkNumber(percentile, 'percentile');
    if (!(percentile > 0 && percentile <= 100)) {
      throw outOfRange('percentile', '> 0 && <= 100', percentile);
    }
    const wanted = Math.max(1, Math.ceil(percentile / 100 * this.#count));
    let seen = 0;
    for (const [value, count] of [...this.#counts].sort(([a], [b]) => a - b)) {
      seen += count;
      if (seen >= wanted) return Math.min(value, this.#max);
    }
    return 0;
  }

  percentileBigInt(percentile) {
    return BigInt(this.percentile(percentile));
  }

  reset() {
    this.#counts.clear();
    [this.#count, this.#exceeds, this.#min, this.#max] = [0, 0, LARGEST, 0];
  }

  toJSON() {
    const { count, min, max, mean, exceeds, stddev } = this;
    return { count, min, max, mean, exceeds, stddev, percentiles: Object.fromEntries(this.percentiles) };
  }

  [custom](depth, options, inspect) {
    if (depth < 0) return this;
    const { percentiles, ...rest } = this.toJSON();
    return `Histogram ${inspect({ ...rest, percentiles: this.percentiles }, options)}`;
  }

  [inside](value, times = 1) {
    if (value < this.#lowest || value > this.#highest) {
      this.#exceeds += times;
      return;
    }
    const bucket = bucketOf(value, this.#figures);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + times);
    this.#count += times;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  /** Another one's values. */
  static [inside](target, source) {
    for (const [value, count] of source.#counts) target[inside](value, count);
    target.#exceeds += source.#exceeds;
    if (source.#count > 0) {
      target.#min = Math.min(target.#min, source.#min);
      target.#max = Math.max(target.#max, source.#max);
    }
  }
}

export class RecordableHistogram extends Histogram {
  #previous;

  record(value) {
    if (typeof value !== 'bigint') {
      checkInteger(value, 'val');
      if (value < 1 || value > LARGEST) throw outOfRange('val', `>= 1 && <= ${LARGEST}`, value);
    } else if (value < 1n) {
      throw outOfRange('val', '>= 1 && <= 9223372036854775807', value);
    }
    this[inside](Number(value));
  }

  /** Records the nanoseconds since the last call. */
  recordDelta() {
    const now = performance.now();
    if (this.#previous !== undefined) this[inside](Math.max(1, Math.round((now - this.#previous) * 1e6)));
    this.#previous = now;
  }

  add(other) {
    if (!(other instanceof RecordableHistogram)) {
      throw wrongType('other', 'an instance of RecordableHistogram', other);
    }
    Histogram[inside](this, other);
  }
}

function checkBound(value, name, least) {
  if (typeof value !== 'bigint') checkNumber(value, name, Number(least));
  else if (value < BigInt(least)) throw outOfRange(name, `>= ${least}`, value);
}

export function createHistogram(options = {}) {
  checkObject(options, 'options');
  const { lowest = 1, highest = LARGEST, figures = 3 } = options;
  checkBound(lowest, 'options.lowest', 1);
  checkBound(highest, 'options.highest', 2 * Number(lowest));
  checkInteger(figures, 'options.figures');
  if (figures < 1 || figures > 5) throw outOfRange('options.figures', '>= 1 && <= 5', figures);
  return new RecordableHistogram(inside, { lowest, highest, figures });
}

/** A histogram of its own class, and the function that records into it. */
export function hidden(Class) {
  const histogram = new Class(inside);
  return [histogram, (value) => histogram[inside](value)];
}
