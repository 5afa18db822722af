// `t`: what the functions of tests, suites and hooks are given.
// https://nodejs.org/api/test.html#class-testcontext

import { checkFunction, checkObject } from 'internal:errors';
import { clearInterval, clearTimeout, setInterval, setTimeout } from 'timers';
import { count, hookOptions } from 'internal:test_options';
import { failure } from 'internal:test_failure';
import { load } from 'ops:internal:test_context';

const MESSAGE_UNITS_MAX = 64 * 1024;

/** What both kinds have. */
class Context {
  #node;

  constructor(node) {
    this.#node = node;
  }

  get name() {
    return this.#node.name;
  }

  get fullName() {
    return this.#node.fullName;
  }

  get filePath() {
    return this.#node.place.file;
  }

  get signal() {
    return this.#node.abortSignal;
  }

  get passed() {
    return this.#node.isDone && this.#node.error === null;
  }

  diagnostic(message) {
    this.#node.diagnostics.push(`${message}`.slice(0, MESSAGE_UNITS_MAX));
  }
}

export class SuiteContext extends Context {}

export class TestContext extends Context {
  #node;
  #assert;
  #mock;

  constructor(node) {
    super(node);
    this.#node = node;
  }

  get error() {
    return this.#node.error;
  }

  get assert() {
    this.#assert ??= load('internal:test_assert').assertOf(this.#node, this);
    return this.#assert;
  }

  get mock() {
    this.#mock ??= new (load('internal:test_mock').MockTracker)();
    return this.#mock;
  }

  test(name, options, fn) {
    const node = this.#node;
    if (node.planned !== null) node.checks += 1;
    return node.harness.declare(node, 'test', [name, options, fn]);
  }

  before(fn, options) {
    this.#node.hooks.before.push(hookOptions(fn, options));
  }

  after(fn, options) {
    this.#node.hooks.after.push(hookOptions(fn, options));
  }

  beforeEach(fn, options) {
    this.#node.hooks.beforeEach.push(hookOptions(fn, options));
  }

  afterEach(fn, options) {
    this.#node.hooks.afterEach.push(hookOptions(fn, options));
  }

  skip(message) {
    this.#node.skipped = message === undefined ? true : `${message}`;
  }

  todo(message) {
    this.#node.isTodo = message === undefined ? true : `${message}`;
  }

  runOnly(value) {
    this.#node.runsOnly = Boolean(value);
  }

  plan(wanted, options = {}) {
    checkObject(options, 'options');
    if (this.#node.planned !== null) {
      throw failure('cannot set plan more than once', 'testCodeFailure');
    }
    const { wait = false } = options;
    if (typeof wait !== 'boolean') count(wait, 'options.wait');
    this.#node.planned = { count: count(wanted, 'count'), wait };
  }

  /** What `condition` returns once it does not throw any more. */
  waitFor(condition, options = {}) {
    checkFunction(condition, 'condition');
    checkObject(options, 'options');
    const { interval = 50, timeout = 1000 } = options;
    count(interval, 'options.interval');
    count(timeout, 'options.timeout');
    const { promise, resolve, reject } = Promise.withResolvers();
    let latest;
    let isLooking = false;
    const look = async () => {
      if (isLooking) return;
      isLooking = true;
      try {
        end(resolve, await condition());
      } catch (error) {
        latest = { cause: error };
      }
      isLooking = false;
    };
    const pause = setInterval(look, interval);
    const limit = setTimeout(() => {
      end(reject, new Error('waitFor() timed out', latest));
    }, timeout);
    const end = (settle, value) => {
      clearInterval(pause);
      clearTimeout(limit);
      settle(value);
    };
    look();
    return promise;
  }

  /** Resolves if as much was checked as was planned. Not for scripts. */
  async planDone() {
    const { planned } = this.#node;
    if (planned === null) return;
    const { wait } = planned;
    const isDone = () => this.#node.checks >= planned.count;
    if (wait !== false && !isDone()) {
      await new Promise((resolve) => {
        const until = wait === true ? Infinity : Date.now() + wait;
        const pause = setInterval(() => {
          if (!isDone() && Date.now() < until) return;
          clearInterval(pause);
          resolve();
        }, 5);
      });
    }
    if (this.#node.checks === planned.count) return;
    const message = `plan expected ${planned.count} assertions but received ${this.#node.checks}`;
    throw failure(message, 'testCodeFailure');
  }

  /** The test is over: what it has replaced comes back. Not for scripts. */
  finished() {
    this.#mock?.reset();
  }
}
