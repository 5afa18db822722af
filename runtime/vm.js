// vm: a text as a script in the one realm that there is.
// https://nodejs.org/api/vm.html. Left out: other realms, and modules made of a text.

import { checkObject, checkString, coded } from 'internal:errors';

// Called by another name, it runs in the global scope.
const evaluate = eval;

function missing(name) {
  const message = `vm.${name}() is not there in krandog, which has one realm: new Worker() runs a program `
    + 'with globals of its own';
  return coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', message);
}

/** The options that change nothing but what a stack shows, and those that krandog cannot do. */
function checkOptions(options = {}) {
  if (typeof options === 'string') return;
  checkObject(options, 'options');
  for (const name of ['timeout', 'breakOnSigint', 'cachedData', 'importModuleDynamically']) {
    if (options[name] === undefined || options[name] === false) continue;
    const message = `options.${name}: krandog's engine cannot do this for a script; leave it out`;
    throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', message);
  }
}

export class Script {
  #code;

  constructor(code, options) {
    checkOptions(options);
    this.#code = `${code}`;
    checkSyntax(this.#code);
  }

  runInThisContext(options) {
    checkOptions(options);
    return evaluate(this.#code);
  }

  runInContext() {
    throw missing('Script.runInContext');
  }

  runInNewContext() {
    throw missing('Script.runInNewContext');
  }

  createCachedData() {
    throw missing('Script.createCachedData');
  }
}

/** A mistake in a text is found before it runs. It is looked for in a function, not called. */
function checkSyntax(code) {
  new Function(code);
}

export function runInThisContext(code, options) {
  checkString(code, 'code');
  checkOptions(options);
  return evaluate(code);
}

export function isContext(object) {
  checkObject(object, 'object');
  return false;
}

export function compileFunction(code, params = [], options) {
  checkString(code, 'code');
  checkOptions(options);
  return new Function(...params, code);
}

export function createContext() {
  throw missing('createContext');
}

export function runInContext() {
  throw missing('runInContext');
}

export function runInNewContext() {
  throw missing('runInNewContext');
}

export function measureMemory() {
  throw missing('measureMemory');
}

export const constants = Object.freeze({ __proto__: null });

export default {
  Script, compileFunction, constants, createContext, isContext, measureMemory, runInContext,
  runInNewContext, runInThisContext,
};
