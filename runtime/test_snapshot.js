// `t.assert.snapshot`: values are compared with those of an earlier run, which a file beside the
// tests keeps. https://nodejs.org/api/test.html#snapshot-testing

import assert from 'assert';
import process from 'process';
import { checkArray, checkFunction, checkObject, checkString, coded } from 'internal:errors';
import { readText, writeText } from 'internal:test';

const ENTRY = /exports\[`((?:\\[^]|[^`\\])*)`\] = `\n((?:\\[^]|[^`\\])*)\n`;/g;

let serializers = [(value) => JSON.stringify(value, null, 2)];
let resolve = (file) => `${file}.snapshot`;

// The file of this program, once a test has asked for it.
let known;

export function setSerializers(all) {
  checkArray(all, 'serializers');
  for (const [index, one] of all.entries()) checkFunction(one, `serializers[${index}]`);
  serializers = all;
}

export function setResolver(fn) {
  checkFunction(fn, 'fn');
  resolve = fn;
}

function serialized(value, options = {}) {
  checkObject(options, 'options');
  const all = options.serializers ?? serializers;
  checkArray(all, 'options.serializers');
  const text = all.reduce((current, serialize) => serialize(current), value);
  if (typeof text === 'string') return text;
  throw coded(Error, 'ERR_INVALID_STATE', 'Invalid state: The provided serializers did not generate a string.');
}

function escaped(text) {
  return text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
}

function unescaped(text) {
  return text.replace(/\\([^])/g, '$1');
}

function file(node) {
  if (known !== undefined) return known;
  const path = resolve(process.argv[1]);
  checkString(path, 'the path of the snapshots');
  known = { path, all: new Map(), used: new Map(), updates: node.harness.options.update };
  node.harness.options.hasSnapshots = true;
  const text = known.updates ? undefined : readText(path);
  known.exists = text !== undefined;
  for (const [, name, value] of (text ?? '').matchAll(ENTRY)) {
    known.all.set(unescaped(name), unescaped(value));
  }
  return known;
}

function missing(path) {
  const message = `Cannot read the snapshot file '${path}'. `
    + 'Missing snapshots are made by krandog test --update-snapshots';
  return coded(Error, 'ERR_INVALID_STATE', `Invalid state: ${message}`);
}

export function snapshot(node, value, options) {
  const kept = file(node);
  const number = (kept.used.get(node.fullName) ?? 0) + 1;
  kept.used.set(node.fullName, number);
  const name = `${node.fullName} ${number}`;
  const text = serialized(value, options);
  if (kept.updates) {
    kept.all.set(name, text);
    return;
  }
  if (!kept.exists) throw missing(kept.path);
  if (!kept.all.has(name)) {
    const message = `Snapshot '${name}' not found in '${kept.path}'. `
      + 'Missing snapshots are made by krandog test --update-snapshots';
    throw coded(Error, 'ERR_INVALID_STATE', `Invalid state: ${message}`);
  }
  assert.strictEqual(text, kept.all.get(name));
}

export function fileSnapshot(node, value, path, options) {
  checkString(path, 'path');
  const text = serialized(value, options);
  if (node.harness.options.update) {
    writeText(path, text);
    return;
  }
  const expected = readText(path);
  if (expected === undefined) throw missing(path);
  assert.strictEqual(text, expected);
}

/** Writes what is to be kept, at the end of the program. */
export function write() {
  if (!known?.updates) return;
  const names = [...known.all.keys()].sort();
  const entries = names.map((name) => (
    `exports[\`${escaped(name)}\`] = \`\n${escaped(known.all.get(name))}\n\`;\n`
  ));
  writeText(known.path, entries.join('\n'));
}
