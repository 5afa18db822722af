// `node:test/reporters`: what they make of events.

import assert from 'node:assert';
import test from 'node:test';
import reporters, { dot, junit, spec, tap } from 'node:test/reporters';

const place = { file: '/a.test.js', line: 1, column: 2 };
const counts = { tests: 2, suites: 0, passed: 1, failed: 1, cancelled: 0, skipped: 0, todo: 0 };
const error = { message: 'no # <good>', failureType: 'testCodeFailure', code: 'E', text: 'no' };

async function* events() {
  const one = { name: 'one', nesting: 0, ...place };
  yield { type: 'test:start', data: one };
  yield { type: 'test:pass', data: { ...one, testNumber: 1, details: { duration_ms: 1.5 } } };
  const two = { name: 'two # "2"', nesting: 0, ...place };
  yield { type: 'test:start', data: two };
  yield { type: 'test:fail', data: { ...two, testNumber: 2, details: { duration_ms: 2, error } } };
  yield { type: 'test:diagnostic', data: { nesting: 0, message: 'said', ...place } };
  yield { type: 'test:plan', data: { nesting: 0, count: 2 } };
  yield { type: 'test:summary', data: { success: false, counts, duration_ms: 4 } };
}

async function text(reporter) {
  let all = '';
  for await (const part of reporter(events())) all += part;
  return all;
}

test('they are exports, and members of the default one', () => {
  assert.deepStrictEqual(reporters, { spec, tap, junit, dot });
});

test('tap', async () => {
  assert.strictEqual(await text(tap), `TAP version 13
# Subtest: one
ok 1 - one
  ---
  duration_ms: 1.5
  ...
# Subtest: two \\# "2"
not ok 2 - two \\# "2"
  ---
  duration_ms: 2
  location: '/a.test.js:1:2'
  failureType: 'testCodeFailure'
  error: 'no # <good>'
  code: 'E'
  ...
# said
1..2
# tests 2
# suites 0
# pass 1
# fail 1
# cancelled 0
# skipped 0
# todo 0
# duration_ms 4
`);
});

test('spec', async () => {
  assert.strictEqual(await text(spec), `✔ one (1.5ms)
✖ two # "2" (2ms)
ℹ said
ℹ tests 2
ℹ suites 0
ℹ pass 1
ℹ fail 1
ℹ cancelled 0
ℹ skipped 0
ℹ todo 0
ℹ duration_ms 4

✖ failing tests:

test at /a.test.js:1:2
✖ two # "2"
  no
`);
});

test('dot', async () => {
  assert.strictEqual(await text(dot), '.X\n\nFailed tests:\n\n✖ two # "2"\n  no\n');
});

test('junit', async () => {
  const xml = await text(junit);
  assert.match(xml, /^<\?xml version="1.0" encoding="utf-8"\?>\n<testsuites>\n/);
  assert.match(xml, /<testcase name="one" time="0.001500" classname="test" file="\/a.test.js"\/>/);
  assert.match(xml, /<testcase name="two # &quot;2&quot;"/);
  assert.match(xml, /<failure type="testCodeFailure" message="no # &lt;good&gt;">/);
  assert.match(xml, /<\/testsuites>\n$/);
});
