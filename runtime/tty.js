// Whether a standard stream is a terminal.
//
// Spec: https://nodejs.org/api/tty.html. Other file descriptors are none, as far as this
// can tell, and there are no classes for streams of terminals.

import { terminalSize } from 'ops:process';
import process from 'process';

export function isatty(fd) {
  if (fd === 0) return process.stdin.isTTY === true;
  return (fd === 1 || fd === 2) && terminalSize(fd) !== undefined;
}

export default { isatty };
