// A DOMException stays one, with its name, message, code, stack and cause.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const source = new DOMException('gone', { name: 'AbortError', cause: [1] });
const clone = structuredClone(source);
equal(clone instanceof DOMException, true);
equal(clone === source, false);
equal(clone.name, 'AbortError');
equal(clone.message, 'gone');
equal(clone.code, 20);
equal(clone.stack, source.stack);
equal(clone.cause[0], 1);
// A class of the same name is not it.
class Other extends Error {}
Object.defineProperty(Other, 'name', { value: 'DOMException' });
equal(Object.getPrototypeOf(structuredClone(new Other('x'))), Error.prototype);
