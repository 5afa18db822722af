// The one harness of a program, and whom it tells: the `krandog test` that has started it, or
// whoever reads its output.

import process from 'process';
import { write } from 'ops:process';
import { Harness } from 'internal:test_harness';
import { load, options, send } from 'internal:test';

export { load };

let known;

function pattern(text) {
  const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [];
  return source === undefined ? new RegExp(text) : new RegExp(source, flags.replace('g', ''));
}

function ownReporter() {
  const isTerminal = Boolean(process.stdout.isTTY);
  const { reporterOf } = load('internal:test_reporters');
  return reporterOf(isTerminal ? 'spec' : 'tap', {
    colors: process.stdout.hasColors(),
    write: (text) => write(1, text),
    files: false,
    cwd: process.cwd(),
  });
}

/** The harness, made by the first test that is declared. */
export function harness() {
  if (known !== undefined) return known;
  const given = options();
  const wishes = given === undefined ? {} : JSON.parse(given);
  const { filter = [], skipFilter = [], only = false, bail = false, ...rest } = wishes;
  const reporter = given === undefined ? ownReporter() : undefined;
  const report = reporter === undefined
    ? (type, data) => send(JSON.stringify({ type, data }))
    : (type, data) => reporter.event(type, data);
  known = new Harness({
    ...rest,
    filter: filter.map(pattern),
    skipFilter: skipFilter.map(pattern),
    only,
    bail,
    isChild: given !== undefined,
  }, report);
  return known;
}
