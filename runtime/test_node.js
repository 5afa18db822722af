// A test, a suite, or the root of them all: when it runs, how long it may take, what became of it.
// https://nodejs.org/api/test.html

import { TestContext, SuiteContext } from 'internal:test_context';
import { failure, isFailure, plain } from 'internal:test_failure';
import { runBefore, runBeforeEach, runAfterEach, runHooks } from 'internal:test_hooks';
import { now } from 'internal:test';
import { call, guarded } from 'internal:test_call';

const UNFINISHED = 'test did not finish before its parent and was cancelled';

export class TestNode {
  state = 'waiting';
  subtests = [];
  hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
  error = null;
  diagnostics = [];
  // Of what is reported: the children up to here are done, and this many have been told of.
  #head = 0;
  #told = 0;
  // Events that wait for those of earlier siblings.
  #held = [];
  #live = false;
  #announced = false;
  // Of what runs: the children up to here have begun, and this many are at it.
  #next = 0;
  #running = 0;
  #open = false;
  #settled = Promise.withResolvers();
  #done = Promise.withResolvers();
  #startedAt = 0;
  #duration = 0;
  #abort;
  #context;

  constructor(harness, parent, kind, { name, fn, options, place }) {
    Object.assign(this, { harness, parent, kind, name, fn, place });
    this.isRoot = parent === null;
    this.nesting = this.isRoot ? -1 : parent.nesting + 1;
    this.fullName = this.isRoot || parent.isRoot ? name : `${parent.fullName} > ${name}`;
    this.skipped = options.skip;
    this.isTodo = options.todo;
    this.only = options.only;
    this.signal = options.signal;
    this.expectsFailure = options.expectFailure;
    this.timeout = options.timeout ?? parent?.timeout ?? Infinity;
    this.concurrency = options.concurrency ?? parent?.concurrency ?? 1;
    this.planned = options.plan === undefined ? null : { count: options.plan, wait: false };
    this.checks = 0;
    this.runsOnly = false;
    this.isDropped = false;
    this.#live = this.isRoot;
  }

  get context() {
    const Context = this.kind === 'suite' ? SuiteContext : TestContext;
    this.#context ??= new Context(this);
    return this.#context;
  }

  /** Aborted when the test is over, or called off. */
  get abortSignal() {
    this.#abort ??= new AbortController();
    if (this.state === 'done') this.#abort.abort();
    return this.#abort.signal;
  }

  get promise() {
    return this.#done.promise;
  }

  get isDone() {
    return this.state === 'done';
  }

  get isIdle() {
    return this.#running === 0 && this.#next === this.subtests.length;
  }

  // What runs at the moment has failed from outside: by an exception that nobody caught.
  stop(error) {
    this.#settled.reject(error);
  }

  // --- children ---

  add(child) {
    this.subtests.push(child);
    this.harness.tell('test:enqueue', child.facts());
    if (this.#open) this.fill();
    return child.promise;
  }

  /** From here on its children run, as many at a time as it allows. */
  open() {
    this.#open = true;
    this.fill();
  }

  fill() {
    while (this.#running < this.concurrency && this.#next < this.subtests.length) {
      const child = this.subtests[this.#next++];
      this.#running += 1;
      child.run().then(() => {
        this.#running -= 1;
        this.advance();
        this.fill();
        if (this.isIdle) this.harness.idle(this);
      });
    }
  }

  /** Once all children are done, also those that are added meanwhile. */
  async childrenDone() {
    for (let count = -1; count < this.subtests.length;) {
      count = this.subtests.length;
      await Promise.all(this.subtests.map((child) => child.promise));
    }
  }

  // --- what is told of it, in the order in which the tests were declared ---

  push(type, data) {
    if (!this.#live) this.#held.push([type, data]);
    else if (this.isRoot) this.harness.tell(type, data);
    else this.parent.push(type, data);
  }

  facts() {
    const { name, nesting, place, kind } = this;
    return { name, nesting, type: kind === 'suite' ? 'suite' : 'test', ...place };
  }

  announce() {
    if (this.#announced || this.isRoot) return;
    this.#announced = true;
    this.parent.announce();
    this.push('test:start', this.facts());
  }

  /** Tells of children that are done, as far as no earlier one is at it. */
  advance() {
    for (; this.#head < this.subtests.length; this.#head++) {
      const child = this.subtests[this.#head];
      child.#goLive();
      if (!child.isDone) return;
      if (child.isDropped) continue;
      this.#told += 1;
      child.#tellResult(this.#told);
    }
  }

  #goLive() {
    if (this.#live) return;
    this.#live = true;
    for (const [type, data] of this.#held) this.push(type, data);
    this.#held = [];
  }

  #tellResult(testNumber) {
    this.announce();
    if (this.#told > 0) this.tellPlan();
    const data = { ...this.facts(), testNumber, details: this.#details() };
    if (this.skipped) data.skip = this.skipped;
    if (this.isTodo) data.todo = this.isTodo;
    this.push(this.error === null ? 'test:pass' : 'test:fail', data);
    for (const message of this.diagnostics) {
      this.push('test:diagnostic', { nesting: this.nesting, message, level: 'info', ...this.place });
    }
  }

  #details() {
    const details = { duration_ms: this.#duration, passed: this.error === null };
    if (this.kind === 'suite') details.type = 'suite';
    if (this.error !== null) details.error = plain(this.error);
    return details;
  }

  tellPlan() {
    this.push('test:plan', { nesting: this.nesting + 1, count: this.#told, ...this.place });
  }

  // --- running ---

  async run() {
    this.state = 'running';
    this.#startedAt = now();
    this.parent.advance();
    if (this.harness.hasBailed) return this.#finish(null, true);
    this.harness.tell('test:dequeue', this.facts());
    let error = null;
    let isSkipped = Boolean(this.skipped);
    if (this.kind === 'suite') {
      const collected = await this.collected;
      if (collected !== undefined) error = failure(collected.error, 'testCodeFailure');
      this.harness.choose(this);
      if (this.subtests.length === 0 && this.harness.chooses && error === null) {
        return this.#finish(null, true);
      }
    }
    if (!isSkipped && error === null) {
      this.announce();
      this.harness.enter(this);
      error = await this.#work();
      this.harness.leave(this);
      isSkipped = Boolean(this.skipped);
    }
    if (error !== null) this.#cancelChildren();
    return this.#finish(isSkipped ? null : error, false);
  }

  /** The test itself between its hooks; what was thrown, or null. */
  async #work() {
    let error = null;
    const note = (thrown) => {
      error ??= isFailure(thrown) ? thrown : failure(thrown, 'testCodeFailure');
    };
    let hasBegun = false;
    try {
      await runBefore(this.parent);
      if (this.kind !== 'suite') {
        hasBegun = true;
        await runBeforeEach(this);
      }
      await guarded(this, this.#settled.promise, () => this.#body());
    } catch (thrown) {
      note(thrown);
    }
    if (this.expectsFailure && hasBegun) error = this.#unexpected(error);
    if (error === null) error = this.#childrenFailed();
    // Those that wait for this test may listen to its signal.
    this.#abort?.abort();
    try {
      if (hasBegun) await runAfterEach(this);
    } catch (thrown) {
      note(thrown);
    }
    try {
      await runHooks(this, 'after');
    } catch (thrown) {
      note(thrown);
    }
    this.#context?.finished?.();
    return error;
  }

  async #body() {
    if (this.kind === 'suite') {
      await runBefore(this);
      this.open();
      await this.childrenDone();
      return;
    }
    this.open();
    await call(this.fn, this.context, [this.context]);
    await this.childrenDone();
    await this.context.planDone();
  }

  #childrenFailed() {
    const failed = this.subtests.filter((one) => one.error !== null && !one.isTodo).length;
    if (failed === 0) return null;
    return failure(`${failed} subtest${failed > 1 ? 's' : ''} failed`, 'subtestsFailed');
  }

  /** A test that is to fail passes by failing. */
  #unexpected(error) {
    if (error !== null) return null;
    return failure('test was expected to fail but passed', 'expectedFailure');
  }

  /** What has not begun does not begin any more, and nobody waits for the rest. */
  #cancelChildren() {
    this.#next = this.subtests.length;
    for (const child of this.subtests) child.cancel(failure(UNFINISHED, 'cancelledByParent'));
  }

  cancel(error) {
    if (this.isDone) return;
    this.#cancelChildren();
    this.harness.leave(this);
    this.#finish(error, false);
  }

  #finish(error, isDropped) {
    // It may have been cancelled while it was at it.
    if (this.isDone) return;
    this.error = error;
    this.isDropped = isDropped;
    this.state = 'done';
    this.#duration = this.#startedAt === 0 ? 0 : now() - this.#startedAt;
    this.#abort?.abort();
    if (!isDropped) {
      this.advance();
      this.harness.count(this);
      const details = this.#details();
      this.harness.tell('test:complete', { ...this.facts(), details });
    }
    this.#done.resolve();
    this.parent?.advance();
  }
}
