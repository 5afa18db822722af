// deep_partial: whether a value has all that another one has, as assert.partialDeepStrictEqual judges.
// https://nodejs.org/api/assert.html#assertpartialdeepstrictequalactual-expected-message

import { isDeepStrictEqual } from 'internal:deep_equal';
import { kindOf } from 'ops:internal:inspect';

const enumerable = Object.prototype.propertyIsEnumerable;

function keysOf(object, isList) {
  const keys = Object.keys(object).filter((key) => !isList || !/^(?:0|[1-9]\d*)$/.test(key));
  return [...keys, ...Object.getOwnPropertySymbols(object).filter((key) => enumerable.call(object, key))];
}

/** Each expected value is found behind the one before it. */
function inOrder(actual, expected, same) {
  let at = 0;
  return Array.from(expected).every((value) => {
    while (at < actual.length && !same(actual[at], value)) at++;
    at += 1;
    return at <= actual.length;
  });
}

/** Each expected value is found, and no actual one twice. */
function inAnyOrder(actual, expected, same) {
  const rest = [...actual];
  return [...expected].every((value) => {
    const at = rest.findIndex((each) => same(each, value));
    if (at < 0) return false;
    rest.splice(at, 1);
    return true;
  });
}

class Partial {
  // Pairs under comparison: a cycle fits a cycle at the same place.
  #pairs = new Map();

  fits(actual, expected) {
    if (Object.is(actual, expected)) return true;
    const objects = [actual, expected].every((each) => each !== null && typeof each === 'object');
    if (!objects) return false;
    if (Object.getPrototypeOf(actual) !== Object.getPrototypeOf(expected)) return false;
    const kind = kindOf(expected);
    if (kindOf(actual) !== kind) return false;
    if (this.#pairs.get(expected) === actual) return true;
    this.#pairs.set(expected, actual);
    const result = this.#contents(actual, expected, kind);
    this.#pairs.delete(expected);
    return result;
  }

  #contents(actual, expected, kind) {
    const same = (a, b) => this.fits(a, b);
    switch (kind) {
      case 'array':
        return inOrder(actual, expected, same) && this.#keys(actual, expected, true);
      case 'typed array':
        return inOrder(actual, expected, Object.is) && this.#keys(actual, expected, true);
      case 'set':
        return inAnyOrder(actual, expected, same) && this.#keys(actual, expected);
      case 'map':
        return inAnyOrder(actual, expected, (a, b) => same(a[0], b[0]) && same(a[1], b[1]))
          && this.#keys(actual, expected);
      case 'error':
        return actual.name === expected.name && actual.message === expected.message
          && this.#keys(actual, expected);
      case '':
      case 'object':
        return this.#keys(actual, expected);
      default:
        return isDeepStrictEqual(actual, expected);
    }
  }

  #keys(actual, expected, isList = false) {
    return keysOf(expected, isList).every((key) => (
      enumerable.call(actual, key) && this.fits(actual[key], expected[key])
    ));
  }
}

export function isPartOf(actual, expected) {
  return new Partial().fits(actual, expected);
}
