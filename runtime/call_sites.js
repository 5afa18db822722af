// Calls of a stack as objects, for Error.prepareStackTrace.
//
// Spec: https://v8.dev/docs/stack-trace-api. What the engine does not know is null, or false.

class CallSite {
  #text;
  #name;
  #path;
  #line;
  #column;

  constructor(text) {
    const [, name, place] = /^(.*?) \((.*)\)$/.exec(text) ?? [, null, text];
    const [, path, line, column] = /^(.*):(\d+):(\d+)$/.exec(place) ?? [, place, null, null];
    this.#text = text;
    this.#name = name;
    this.#path = path === 'native' ? null : path;
    this.#line = line === null ? null : Number(line);
    this.#column = column === null ? null : Number(column);
  }

  getThis() { return undefined; }
  getTypeName() { return null; }
  getFunction() { return undefined; }
  getFunctionName() { return this.#name; }
  getMethodName() { return null; }
  getFileName() { return this.#path; }
  getScriptNameOrSourceURL() { return this.#path; }
  getLineNumber() { return this.#line; }
  getColumnNumber() { return this.#column; }
  getEvalOrigin() { return undefined; }
  getPromiseIndex() { return null; }
  isToplevel() { return this.#name === null; }
  isEval() { return false; }
  isNative() { return this.#path === null; }
  isConstructor() { return false; }
  isAsync() { return false; }
  isPromiseAll() { return false; }
  toString() { return this.#text; }
}

export function prepare(object, calls, own) {
  const lines = calls.split('\n').filter((line) => line.startsWith('    at '));
  const limit = Number.isFinite(Error.stackTraceLimit) ? Error.stackTraceLimit : lines.length;
  return own.call(Error, object, lines.slice(0, limit).map((line) => new CallSite(line.slice(7))));
}

/** The calls that lead here, from the nearest on, as plain objects. */
export function getCallSites(frameCount = 10) {
  const count = typeof frameCount === 'number' ? frameCount : 10;
  const lines = new Error().stack.split('\n').filter((line) => line.startsWith('    at '));
  return lines.map((line) => new CallSite(line.slice(7)))
    .filter((site) => !`${site.getFileName()}`.startsWith('node:'))
    .slice(0, count)
    .map((site) => ({
      functionName: site.getFunctionName() ?? '',
      scriptId: '',
      scriptName: site.getFileName() ?? '',
      lineNumber: site.getLineNumber() ?? 0,
      columnNumber: site.getColumnNumber() ?? 0,
      column: site.getColumnNumber() ?? 0,
    }));
}
