// DOMException: https://webidl.spec.whatwg.org/#idl-DOMException

import { coded } from 'internal:errors';

const names = [
  'IndexSizeError', '', 'HierarchyRequestError', 'WrongDocumentError', 'InvalidCharacterError', '',
  'NoModificationAllowedError', 'NotFoundError', 'NotSupportedError', 'InUseAttributeError',
  'InvalidStateError', 'SyntaxError', 'InvalidModificationError', 'NamespaceError',
  'InvalidAccessError', '', 'TypeMismatchError', 'SecurityError', 'NetworkError', 'AbortError',
  'URLMismatchError', 'QuotaExceededError', 'TimeoutError', 'InvalidNodeTypeError',
  'DataCloneError',
];

const constants = [
  'INDEX_SIZE_ERR', 'DOMSTRING_SIZE_ERR', 'HIERARCHY_REQUEST_ERR', 'WRONG_DOCUMENT_ERR',
  'INVALID_CHARACTER_ERR', 'NO_DATA_ALLOWED_ERR', 'NO_MODIFICATION_ALLOWED_ERR', 'NOT_FOUND_ERR',
  'NOT_SUPPORTED_ERR', 'INUSE_ATTRIBUTE_ERR', 'INVALID_STATE_ERR', 'SYNTAX_ERR',
  'INVALID_MODIFICATION_ERR', 'NAMESPACE_ERR', 'INVALID_ACCESS_ERR', 'VALIDATION_ERR',
  'TYPE_MISMATCH_ERR', 'SECURITY_ERR', 'NETWORK_ERR', 'ABORT_ERR', 'URL_MISMATCH_ERR',
  'QUOTA_EXCEEDED_ERR', 'TIMEOUT_ERR', 'INVALID_NODE_TYPE_ERR', 'DATA_CLONE_ERR',
];

// An exception is made as an `Error` is, with a stack, but its class inherits from no other.
const parts = new WeakMap();

function partsOf(exception) {
  const found = parts.get(exception);
  if (found !== undefined) return found;
  throw coded(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of DOMException');
}

export class DOMException {
  constructor(message = '', options = 'Error') {
    const exception = Reflect.construct(Error, [], new.target);
    let name = options;
    if (options !== null && typeof options === 'object') {
      // As Node has it: a dictionary may carry a cause.
      name = options.name === undefined ? 'Error' : options.name;
      if ('cause' in options) {
        Object.defineProperty(exception, 'cause', {
          value: options.cause, writable: true, configurable: true,
        });
      }
    }
    parts.set(exception, { message: `${message}`, name: `${name}` });
    return exception;
  }

  get name() {
    return partsOf(this).name;
  }

  get message() {
    return partsOf(this).message;
  }

  get code() {
    return names.indexOf(partsOf(this).name || ' ') + 1;
  }
}

Object.setPrototypeOf(DOMException.prototype, Error.prototype);
for (const name of ['name', 'message', 'code']) {
  Object.defineProperty(DOMException.prototype, name, { enumerable: true });
}
Object.defineProperty(DOMException.prototype, Symbol.toStringTag, {
  value: 'DOMException', configurable: true,
});
for (const [index, name] of constants.entries()) {
  const constant = { value: index + 1, enumerable: true };
  Object.defineProperty(DOMException, name, constant);
  Object.defineProperty(DOMException.prototype, name, constant);
}
