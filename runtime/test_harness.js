// All tests of a program: which of them run, what is told of them and to whom, and how the program
// ends.

import process from 'process';
import { nextTick, write } from 'ops:process';
import { setImmediate, setTimeout } from 'timers';
import { TestNode } from 'internal:test_node';
import { failure, plain } from 'internal:test_failure';
import { runHooks } from 'internal:test_hooks';
import { sorted, testOptions } from 'internal:test_options';
import {
  callSite, isSettled, load, loadedFiles, now, openHandles, setTest, watchHandles,
} from 'internal:test';

// How long what tests have opened may take to go after the last of them.
const LEAVING_MS = 2000;

const PENDING = 'Promise resolution is still pending but the event loop has already resolved';
const EXITED = 'the process ended by process.exit() before the test was done';

export class Harness {
  counts = {
    tests: 0, suites: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0, topLevel: 0,
  };
  hasBailed = false;
  #root;
  #options;
  #report;
  #collecting = [];
  #running = [];
  #startedAt = now();
  #hasFailed = false;
  #isOver = false;
  #afters;

  /** `report(type, data)` hears of everything; `end(hasFailed)` is the last. */
  constructor(options, report) {
    this.#options = options;
    this.#report = report;
    const place = { file: process.argv[1], line: 1, column: 1 };
    const own = { concurrency: options.concurrency, timeout: options.testTimeout };
    this.#root = new TestNode(this, null, 'suite', {
      name: '<root>', fn: null, options: { ...testOptions({}), ...own }, place,
    });
    watchHandles();
    this.#listen();
    // By then the first tests and their hooks have been declared.
    nextTick(() => this.#root.open());
  }

  /** What hooks and tests belong to that are declared outside of any function of a test. */
  get current() {
    return this.#collecting.at(-1) ?? this.#root;
  }

  get options() {
    return this.#options;
  }

  get chooses() {
    return this.#options.filter.length > 0 || this.#options.skipFilter.length > 0
      || this.#options.only;
  }

  // --- declaring ---

  /** A test or a suite; resolves when it is done. */
  declare(parent, kind, given, more = {}) {
    const { name, fn, options } = sorted(...given);
    const all = testOptions({ ...options, ...more });
    const node = new TestNode(this, parent, kind, { name, fn, options: all, place: callSite() });
    if (all.only && !this.#options.only && parent.isRoot) {
      node.diagnostics.push("'only' and 'runOnly' need 'krandog test --only'");
    }
    if (!this.#isChosen(node)) return Promise.resolve();
    if (parent.isDone) {
      const message = 'test could not be started because its parent finished';
      this.fail(failure(message, 'parentAlreadyFinished'), node.place, name);
      return Promise.resolve();
    }
    node.collected = kind === 'suite' && !all.skip ? this.#collect(node) : undefined;
    return parent.add(node);
  }

  /** Calls the function of a suite, which declares what is in it; what it throws comes back. */
  #collect(node) {
    this.#collecting.push(node);
    const leave = () => {
      this.#collecting = this.#collecting.filter((one) => one !== node);
    };
    try {
      const returned = node.fn.call(node.context, node.context);
      if (typeof returned?.then !== 'function') {
        leave();
        return undefined;
      }
      // Whatever is declared until it is settled is taken to be in it.
      return returned.then(leave, (error) => {
        leave();
        return { error };
      });
    } catch (error) {
      leave();
      return { error };
    }
  }

  #isChosen(node) {
    const { parent, kind } = node;
    const { filter, skipFilter, only } = this.#options;
    if (only && parent.kind === 'test' && parent.runsOnly && !node.only) return false;
    if (only && parent.isRoot && kind === 'test' && !node.only) return false;
    if (kind === 'suite' || parent.kind === 'test') return true;
    const full = node.fullName.replaceAll(' > ', ' ');
    const matches = (pattern) => pattern.test(node.name) || pattern.test(full);
    if (skipFilter.some(matches)) return false;
    return filter.length === 0 || filter.some(matches);
  }

  /** Leaves those out of a suite that has been collected that are not to run. */
  choose(suite) {
    if (!this.#options.only) return;
    const marked = (node) => node.only || node.subtests.some(marked);
    const whole = (node) => node.only || (!node.parent.isRoot && whole(node.parent));
    const { subtests } = suite;
    if (whole(suite) && !subtests.some(marked)) return;
    suite.subtests = subtests.filter(marked);
  }

  // --- running ---

  enter(node) {
    this.#running.push(node);
    setTest(this.#running.findLast((one) => one.kind === 'test')?.fullName);
  }

  leave(node) {
    this.#running = this.#running.filter((one) => one !== node);
    setTest(this.#running.findLast((one) => one.kind === 'test')?.fullName);
  }

  idle(node) {
    if (node === this.#root) setImmediate(() => this.#rest());
  }

  /** All tests are done, for now at least: what was opened for them is to be closed. */
  #rest() {
    if (!this.#root.isIdle || this.#isOver || this.#afters !== undefined) return;
    // Others may yet be declared.
    if (!isSettled()) setTimeout(() => this.#rest(), 10).unref();
    else this.#runAfters();
  }

  #runAfters() {
    this.#afters = runHooks(this.#root, 'after').catch((error) => {
      this.fail(error, this.#root.place);
    });
    this.#afters.then(() => setTimeout(() => this.#tellOpen(), LEAVING_MS).unref());
  }

  /** The tests are over, and something keeps the process alive. */
  #tellOpen() {
    if (this.#isOver || !this.#root.isIdle) return;
    const open = openHandles();
    if (open.length === 0) return;
    const lines = open.map(({ what, place, test }) => (
      `  ${what}${place ? `\n    opened at ${place}` : ''}${test ? `\n    in the test '${test}'` : ''}`
    ));
    const message = `the tests are done, and this is still open:\n${lines.join('\n')}`;
    if (!this.#options.isChild) {
      // As in Node.js, the program lives on.
      write(2, `krandog: ${message}\n`);
      return;
    }
    this.fail(failure(message, 'openHandles'), this.#root.place);
    this.finish();
    process.exit();
  }

  /** Something beside the tests themselves has failed. */
  fail(error, place, name = place.file) {
    this.#hasFailed = true;
    this.counts.tests += 1;
    this.counts.failed += 1;
    this.counts.topLevel += 1;
    const facts = { name, nesting: 0, type: 'test', ...place, beside: true };
    const details = { duration_ms: 0, passed: false, error: plain(error) };
    this.tell('test:start', facts);
    this.tell('test:fail', { ...facts, testNumber: 0, details });
  }

  tell(type, data) {
    this.#report(type, data);
  }

  count(node) {
    const { counts } = this;
    if (node.parent.isRoot) counts.topLevel += 1;
    const isFailing = node.error !== null && !node.isTodo;
    if (node.kind === 'suite') counts.suites += 1;
    else counts.tests += 1;
    if (isFailing) this.#hasFailed = true;
    if (isFailing && this.#options.bail) this.hasBailed = true;
    if (node.kind === 'suite') return;
    if (node.skipped && node.error === null) counts.skipped += 1;
    else if (node.isTodo) counts.todo += 1;
    else if (node.error === null) counts.passed += 1;
    else if (isCancelled(node.error)) counts.cancelled += 1;
    else counts.failed += 1;
  }

  // --- the program around them ---

  #listen() {
    process.on('uncaughtException', (error, origin) => this.#uncaught(error, origin));
    process.on('unhandledRejection', (error) => this.#uncaught(error, 'unhandledRejection'));
    process.on('beforeExit', () => this.#runDry());
    process.on('exit', () => {
      if (this.#isOver) return;
      for (const node of this.#root.subtests) node.cancel(failure(EXITED, 'cancelledByParent'));
      this.finish();
    });
  }

  #uncaught(error, origin) {
    const type = origin === 'unhandledRejection' ? origin : 'uncaughtException';
    const wrapped = failure(error, type);
    const tests = this.#running.filter((one) => one.kind === 'test');
    const innermost = tests.filter((one) => !tests.some((other) => other.parent === one));
    if (innermost.length === 1) innermost[0].stop(wrapped);
    else this.fail(wrapped, this.#root.place);
  }

  /** Nothing is left that could go on. */
  #runDry() {
    if (this.#isOver) return;
    if (this.#root.isIdle) {
      if (this.#afters === undefined) this.#runAfters();
      this.#afters.then(() => this.finish());
      return;
    }
    const stuck = this.#running.filter((one) => one.kind === 'test');
    for (const node of stuck) node.stop(failure(PENDING, 'cancelledByParent'));
    if (stuck.length === 0) {
      for (const node of this.#root.subtests) node.cancel(failure(PENDING, 'cancelledByParent'));
    }
  }

  /** The last words. */
  finish() {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#root.advance();
    if (this.#options.hasSnapshots) load('internal:test_snapshot').write();
    if (this.#hasFailed) process.exitCode = 1;
    const data = {
      success: !this.#hasFailed,
      counts: this.counts,
      duration_ms: now() - this.#startedAt,
      file: this.#root.place.file,
    };
    if (this.#options.watch) this.tell('krandog:loaded', loadedFiles());
    this.tell('test:plan', { nesting: 0, count: this.counts.topLevel, ...this.#root.place });
    this.tell('test:summary', data);
  }
}

function isCancelled({ failureType }) {
  return ['cancelledByParent', 'testAborted', 'testTimeoutFailure'].includes(failureType);
}
