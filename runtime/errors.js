// errors: exceptions about arguments, with the texts and codes of Node.
// https://nodejs.org/api/errors.html#nodejs-error-codes

import { load } from 'ops:internal:errors';

function shown(given) {
  if (given === null || given === undefined) return `${given}`;
  if (typeof given === 'function') return `function ${given.name}`;
  if (typeof given === 'object') {
    const name = given.constructor?.name;
    return name ? `an instance of ${name}` : load('internal:inspect').inspect(given, { depth: -1 });
  }
  const text = load('internal:inspect').inspect(given);
  return `type ${typeof given} (${text.length > 28 ? `${text.slice(0, 25)}...` : text})`;
}

/** `wanted` reads on from "must be": 'of type string', 'an instance of Map'. */
export function wrongType(name, wanted, given) {
  const what = name.includes(' ') ? `The ${name}` : `The "${name}" argument`;
  const error = new TypeError(`${what} must be ${wanted}. Received ${shown(given)}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}
