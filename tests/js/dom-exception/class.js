// DOMException has a name, a message and the code of its name.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const error = new DOMException('m', 'NotFoundError');
equal(error.name, 'NotFoundError');
equal(error.message, 'm');
equal(error.code, 8);
equal(String(error), 'NotFoundError: m');
equal(error instanceof Error, true);
equal(Object.prototype.toString.call(error), '[object DOMException]');
equal(new DOMException().name, 'Error');
equal(new DOMException().code, 0);
equal(new DOMException('', '').code, 0);
equal(DOMException.DATA_CLONE_ERR, 25);
equal(error.NOT_FOUND_ERR, 8);
