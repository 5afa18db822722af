// Runs test files, each in a process of its own and several at a time, and tells what becomes of
// them as one list of events, in the order of the files.

import process from 'process';
import { endFiles, nextFile, startFile } from 'internal:test';
import { failure, plain } from 'internal:test_failure';
import { performance } from 'internal:performance';

const SIGNALS = { 4: 'SIGILL', 6: 'SIGABRT', 9: 'SIGKILL', 11: 'SIGSEGV', 15: 'SIGTERM' };

const COUNTED = ['tests', 'suites', 'passed', 'failed', 'cancelled', 'skipped', 'todo'];

function linesOf(report) {
  const events = [];
  for (const line of report.split('\n')) {
    if (line === '') continue;
    try {
      events.push(JSON.parse(line));
    } catch {
      // A process that was ended in the middle of a line.
    }
  }
  return events;
}

/** A path as people know it. */
function short(file) {
  const cwd = `${process.cwd()}/`;
  return file.startsWith(cwd) ? file.slice(cwd.length) : file;
}

/** What the tests of a file do not say of themselves; undefined if all is well. */
function problemOf({ problem, why, code, signal }, summary, unfinished, timeout) {
  const during = unfinished.length === 0 ? '' : ` while '${unfinished.at(-1)}' was running`;
  if (problem !== undefined) return `the file could not be run: ${problem}`;
  if (why === 'timeout') return `the file was ended after ${timeout}ms${during}`;
  if (why === 'too much') return `the file was ended: it has told of too many tests${during}`;
  if (signal !== null) return `the process was ended by ${SIGNALS[signal] ?? `signal ${signal}`}${during}`;
  if (summary === undefined && code === 0 && unfinished.length === 0) return undefined;
  if (summary === undefined) return `the process ended with code ${code}${during}`;
  if (summary.success && code !== 0) {
    return `the process ended with code ${code}, though its tests have passed`;
  }
  return undefined;
}

/** All files of a run, and what is known of them. */
export class Runner {
  #files;
  #settings;
  #next = 0;
  #running = 0;
  #ended = new Map();
  #counts = Object.fromEntries([...COUNTED, 'topLevel'].map((name) => [name, 0]));
  #number = 0;
  #success = true;
  // Every file that a program of the run has loaded.
  loaded = new Set();

  /** `settings`: `{concurrency, timeout, bail, worker, args}`; `worker` is asked of each file. */
  constructor(files, settings) {
    this.#files = files;
    this.#settings = settings;
  }

  get success() {
    return this.#success;
  }

  #fill() {
    const { concurrency, timeout, worker, args } = this.#settings;
    while (this.#running < concurrency && this.#next < this.#files.length) {
      const number = this.#next;
      this.#next += 1;
      this.#running += 1;
      const file = this.#files[number];
      const words = ['--test-worker', JSON.stringify(worker), '--', file, ...args];
      startFile({ number, timeout: timeout ?? Infinity, arguments: words });
    }
  }

  async* events() {
    const began = performance.now();
    this.#fill();
    for (let at = 0; at < this.#files.length; at++) {
      while (!this.#ended.has(at)) {
        const ended = await nextFile();
        this.#running -= 1;
        this.#ended.set(ended.number, ended);
        this.#fill();
      }
      const ended = this.#ended.get(at);
      this.#ended.delete(at);
      yield* this.#translate(this.#files[at], ended);
      if (this.#settings.bail && !this.#success) {
        yield* await this.#stop(at + 1);
        break;
      }
    }
    yield { type: 'test:plan', data: { nesting: 0, count: this.#number } };
    const passed = performance.now() - began;
    const data = { success: this.#success, counts: this.#counts, duration_ms: passed };
    yield { type: 'test:summary', data };
  }

  /** Nothing more begins, and what runs is ended. */
  async #stop(from) {
    const left = this.#files.length - from;
    this.#next = this.#files.length;
    endFiles();
    while (this.#running > 0) {
      await nextFile();
      this.#running -= 1;
    }
    if (left === 0) return [];
    const message = `stopped after the first failure: ${left} more files were not run to their end`;
    return [{ type: 'test:diagnostic', data: { nesting: 0, message, level: 'warn' } }];
  }

  #translate(file, ended) {
    const all = linesOf(ended.report ?? '');
    const events = [];
    for (const [type, message] of [['test:stdout', ended.out], ['test:stderr', ended.err]]) {
      if (message) events.push({ type, data: { file, message } });
    }
    let summary;
    const running = [];
    for (const { type, data } of all) {
      if (type === 'test:summary') {
        summary = data;
      } else if (type === 'krandog:loaded') {
        for (const one of data) this.loaded.add(one);
      } else if (type !== 'test:plan' || data.nesting > 0) {
        // Of the file as a whole.
        if (data.beside) data.name = short(data.name);
        if (type === 'test:start') running.push(data);
        if (type === 'test:pass' || type === 'test:fail') {
          const at = running.findLastIndex((one) => (
            one.name === data.name && one.nesting === data.nesting
          ));
          running.splice(at, at < 0 ? 0 : 1);
          if (data.nesting === 0) data.testNumber = this.#number += 1;
        }
        events.push({ type, data: { ...data, ofFile: file } });
      }
    }
    if (summary !== undefined) for (const name of COUNTED) this.#counts[name] += summary.counts[name];
    if (summary?.success === false) this.#success = false;
    const names = running.map(({ name }) => name);
    const problem = problemOf(ended, summary, names, this.#settings.timeout);
    const hasTests = summary !== undefined;
    if (problem !== undefined || !hasTests) events.push(...this.#whole(file, ended, problem));
    return events;
  }

  /** The file as a test of its own. */
  #whole(file, { took = 0 }, problem) {
    const facts = { name: short(file), nesting: 0, type: 'test', file, line: 1, column: 1, ofFile: file };
    const details = { duration_ms: took, passed: problem === undefined };
    this.#counts.tests += 1;
    this.#counts[problem === undefined ? 'passed' : 'failed'] += 1;
    if (problem !== undefined) {
      this.#success = false;
      details.error = plain(failure(problem, 'testCodeFailure'));
    }
    this.#number += 1;
    const type = problem === undefined ? 'test:pass' : 'test:fail';
    return [
      { type: 'test:start', data: facts },
      { type, data: { ...facts, testNumber: this.#number, details } },
    ];
  }
}
