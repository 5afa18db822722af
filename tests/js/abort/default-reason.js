// Without a reason it is an AbortError.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const { reason } = AbortSignal.abort();
equal(reason instanceof DOMException, true);
equal(reason.name, 'AbortError');
equal(reason.code, DOMException.ABORT_ERR);
equal(AbortSignal.abort(1).reason, 1);
