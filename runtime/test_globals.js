// The globals `test`, `assert`, `assertEqual` and `run` of the first krandog: tests are declared
// first, and `run()` runs them and prints what has become of them.

import process from 'process';
import { isDeepStrictEqual } from 'internal:deep_equal';
import { load, options } from 'internal:test';

const declared = [];
let hasRun = false;

/** Declares a test. */
export function test(name, fn) {
  if (typeof fn !== 'function') {
    throw load('internal:error_texts').wrongType('fn', 'of type function', fn);
  }
  // `krandog test` runs and reports them as it does all others.
  if (options() !== undefined) {
    load('node:test').test(name, fn);
    return;
  }
  if (declared.length === 0 && !hasRun) process.once('exit', remind);
  declared.push({ name: `${name}`, fn });
}

function remind() {
  if (declared.length === 0) return;
  console.error(`krandog: ${declared.length} tests were declared and not run: call run()`);
  process.exitCode = 1;
}

function message(error) {
  return error instanceof Error ? error.message : String(error);
}

/** Runs what was declared, one after the other; whether all have passed. */
export async function run() {
  hasRun = true;
  const tests = declared.splice(0);
  if (options() !== undefined) return true;
  console.log(`\nRunning ${tests.length} tests...\n`);
  let failed = 0;
  for (const { name, fn } of tests) {
    try {
      await fn();
      console.log(`  ✓ ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`  ✗ ${name}\n    ${message(error).replaceAll('\n', '\n    ')}`);
    }
  }
  if (failed === 0) {
    console.log(`\n${tests.length} tests passed`);
  } else {
    const passed = tests.length - failed;
    console.log(`\n${failed} failed, ${passed} passed, ${tests.length} total`);
    process.exitCode = 1;
  }
  return failed === 0;
}

export function assert(value, text = 'Assertion failed') {
  if (!value) load('assert').fail(text);
}

export function assertEqual(actual, expected, text) {
  if (isDeepStrictEqual(actual, expected)) return;
  load('assert').deepStrictEqual(actual, expected, text);
}
