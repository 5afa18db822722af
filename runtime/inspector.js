// inspector: there is none. https://nodejs.org/api/inspector.html

import { coded } from 'internal:errors';

function missing() {
  const message = 'krandog has no inspector: KRANDOG_LOG=debug logs what connections do, and '
    + 'console.trace() shows where the program is';
  return coded(Error, 'ERR_INSPECTOR_NOT_AVAILABLE', message);
}

export class Session {
  constructor() {
    throw missing();
  }
}

export function open() {
  throw missing();
}

export function waitForDebugger() {
  throw missing();
}

export function close() {}

export function url() {
  return undefined;
}

export default { Session, close, open, url, waitForDebugger };
