// `process.emitWarning`: https://nodejs.org/api/process.html#processemitwarningwarning-options
// Loaded with the first warning.

import { checkString, wrongType } from 'internal:errors';
import * as native from 'ops:process';
import process from 'process';

/** `emitWarning(warning, type, code)`, or `emitWarning(warning, { type, code, detail })`. */
function warningOf(warning, options, code) {
  const named = options !== null && typeof options === 'object';
  const { type = 'Warning', code: number = code, detail } = named
    ? options
    : { type: typeof options === 'function' ? undefined : options };
  checkString(type, 'type');
  if (number !== undefined && typeof number !== 'function') checkString(number, 'code');
  if (warning instanceof Error) return warning;
  if (typeof warning !== 'string') {
    throw wrongType('warning', 'of type string or an instance of Error', warning);
  }
  const error = new Error(warning);
  error.name = type;
  if (typeof number === 'string') error.code = number;
  if (typeof detail === 'string') error.detail = detail;
  return error;
}

export function emitWarning(warning, options, code) {
  const error = warningOf(warning, options, code);
  if (error.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) {
      native.nextTick(() => {
        throw error;
      });
      return;
    }
  }
  const label = error.code === undefined ? '' : `[${error.code}] `;
  const more = error.detail === undefined ? '' : `\n${error.detail}`;
  native.write(2, `krandog: ${label}${error.name}: ${error.message}${more}\n`);
  native.nextTick(() => process.emit('warning', error));
}
