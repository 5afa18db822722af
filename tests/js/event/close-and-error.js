// CloseEvent and ErrorEvent.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const close = new CloseEvent('close', { code: 65537 + 1000, reason: 'r\ud800', wasClean: 1 });
equal(close.code, 1001);
equal(close.reason, 'r\ufffd');
equal(close.wasClean, true);
equal(new CloseEvent('close').code, 0);
const cause = new Error('x');
const error = new ErrorEvent('error', { message: 'm', error: cause, lineno: 3, colno: 4 });
equal(error.message, 'm');
equal(error.error, cause);
equal(error.lineno + error.colno, 7);
equal(error.filename, '');
