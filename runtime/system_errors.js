// The names and texts of system errors by their numbers, which are negative as in Node.js.
// https://nodejs.org/api/util.html#utilgetsystemerrorname-err

import { checkNumber, outOfRange } from 'internal:errors';
import { known } from 'ops:internal:system_errors';

/** Errors that are no system's: libuv has numbered them. */
const MADE_UP = [
  [-3000, 'EAI_ADDRFAMILY', 'address family not supported'],
  [-3001, 'EAI_AGAIN', 'temporary failure'],
  [-3002, 'EAI_BADFLAGS', 'bad ai_flags value'],
  [-3003, 'EAI_CANCELED', 'request canceled'],
  [-3004, 'EAI_FAIL', 'permanent failure'],
  [-3005, 'EAI_FAMILY', 'ai_family not supported'],
  [-3006, 'EAI_MEMORY', 'out of memory'],
  [-3007, 'EAI_NODATA', 'no address'],
  [-3008, 'EAI_NONAME', 'unknown node or service'],
  [-3009, 'EAI_OVERFLOW', 'argument buffer overflow'],
  [-3010, 'EAI_SERVICE', 'service not available for socket type'],
  [-3011, 'EAI_SOCKTYPE', 'socket type not supported'],
  [-3013, 'EAI_BADHINTS', 'invalid value for hints'],
  [-3014, 'EAI_PROTOCOL', 'resolved protocol is unknown'],
  [-4080, 'ECHARSET', 'invalid Unicode character'],
  [-4094, 'UNKNOWN', 'unknown error'],
  [-4095, 'EOF', 'end of file'],
];

const byNumber = new Map();
for (const [number, name, text] of [...known(), ...MADE_UP]) {
  if (!byNumber.has(number)) byNumber.set(number, [name, text]);
}

function checked(number) {
  checkNumber(number, 'err');
  if (!(number < 0) || !Number.isSafeInteger(number)) {
    throw outOfRange('err', 'a negative integer', number);
  }
  return number;
}

export function getSystemErrorName(err) {
  return byNumber.get(checked(err))?.[0] ?? `Unknown system error ${err}`;
}

export function getSystemErrorMessage(err) {
  return byNumber.get(checked(err))?.[1] ?? `Unknown system error ${err}`;
}

export function getSystemErrorMap() {
  return new Map(byNumber);
}

/** The number of the error with this name. */
export function errnoOf(code) {
  for (const [number, [name]] of byNumber) {
    if (name === code) return number;
  }
  return undefined;
}

/** What `os` throws: an error with an `info`. */
export class SystemError extends Error {
  constructor({ errno, code, message, syscall }) {
    super(`A system error occurred: ${syscall} returned ${code} (${message})`);
    this.name = 'SystemError';
    this.code = 'ERR_SYSTEM_ERROR';
    this.info = { errno, code, message, syscall };
    this.errno = errno;
    this.syscall = syscall;
  }
}
