// Wrong arguments throw what Node.js throws, before anything is done.
import assert from 'assert';
import fs, { promises } from 'fs';

const type = (message) => ({ name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE', message });
const value = (message) => ({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE', message });
const range = (message) => ({ name: 'RangeError', code: 'ERR_OUT_OF_RANGE', message });
const path = (given, name = 'path') => type(
  `The "${name}" argument must be of type string or an instance of Buffer or URL. Received ${given}`,
);
const view = Buffer.alloc(3);

for (const [attempt, wanted] of [
  [() => fs.readFileSync(), path('undefined')],
  [() => fs.statSync({}), path('an instance of Object')],
  [() => fs.unlinkSync(5), path('type number (5)')],
  [() => fs.renameSync('a'), path('undefined', 'newPath')],
  [() => fs.copyFileSync('a', null), path('null', 'dest')],
  [() => fs.linkSync(true), path('type boolean (true)', 'existingPath')],
  [() => fs.openSync('a\0b'), value(
    "The argument 'path' must be a string, Uint8Array, or URL without null bytes. Received 'a\\x00b'",
  )],
  [() => fs.readFileSync(new URL('http://x/')), { code: 'ERR_INVALID_URL_SCHEME' }],
  [() => fs.readFileSync('x', 5), { code: 'ERR_INVALID_ARG_TYPE' }],
  [() => fs.readFileSync('x', 'latin9'), value("The argument 'encoding' is invalid encoding. Received 'latin9'")],
  [() => fs.openSync('x', 'q'), value("The argument 'flags' is invalid. Received 'q'")],
  [() => fs.openSync('x', 'r', '9'), value(
    "The argument 'mode' must be a 32-bit unsigned integer or an octal string. Received '9'",
  )],
  [() => fs.mkdirSync('x', -1), range(
    'The value of "mode" is out of range. It must be >= 0 && <= 4294967295. Received -1',
  )],
  [() => fs.chmodSync('x', 1.5), range('The value of "mode" is out of range. It must be an integer. Received 1.5')],
  [() => fs.mkdirSync('x', { recursive: 1 }), type(
    'The "options.recursive" property must be of type boolean. Received type number (1)',
  )],
  [() => fs.rmSync('x', { force: 1 }), type(
    'The "options.force" property must be of type boolean. Received type number (1)',
  )],
  [() => fs.rmSync('x', { maxRetries: -1 }), range(
    'The value of "options.maxRetries" is out of range. It must be >= 0 && <= 4294967295. Received -1',
  )],
  [() => fs.writeFileSync('x', 5), type(
    'The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView.'
    + ' Received type number (5)',
  )],
  [() => fs.writeFileSync('x', 'y', { flush: 'no' }), { code: 'ERR_INVALID_ARG_TYPE' }],
  [() => fs.closeSync('x'), type('The "fd" argument must be of type number. Received type string (\'x\')')],
  [() => fs.closeSync(-1), range('The value of "fd" is out of range. It must be >= 0 && <= 2147483647. Received -1')],
  [() => fs.readSync(0, 'x'), type(
    'The "buffer" argument must be an instance of Buffer, TypedArray, or DataView. Received type string (\'x\')',
  )],
  [() => fs.readSync(0, view, 0, 4), range('The value of "length" is out of range. It must be <= 3. Received 4')],
  [() => fs.readSync(0, view, 0, -1), range('The value of "length" is out of range. It must be >= 0. Received -1')],
  [() => fs.readSync(0, view, 0, 3, 'x'), { code: 'ERR_INVALID_ARG_TYPE' }],
  [() => fs.writeSync(1, view, 4), range('The value of "offset" is out of range. It must be <= 3. Received 4')],
  [() => fs.writeSync(1, view, 1, 3), range('The value of "length" is out of range. It must be <= 2. Received 3')],
  [() => fs.writeSync(1, 5), { code: 'ERR_INVALID_ARG_TYPE' }],
  [() => fs.readvSync(0, view), { code: 'ERR_INVALID_ARG_TYPE' }],
  [() => fs.utimesSync('x', {}, 1), { code: 'ERR_INVALID_ARG_TYPE' }],
  [() => fs.symlinkSync('a', 'b', 'hard'), { code: 'ERR_FS_INVALID_SYMLINK_TYPE' }],
  [() => fs.accessSync('x', 8), { name: 'RangeError', code: 'ERR_OUT_OF_RANGE' }],
  [() => fs.readFile('x'), type('The "cb" argument must be of type function. Received undefined')],
  [() => fs.stat('x', {}, 'call'), type(
    'The "cb" argument must be of type function. Received type string (\'call\')',
  )],
  [() => fs.readFile('x', { signal: 5 }, () => {}), { code: 'ERR_INVALID_ARG_TYPE' }],
  [() => fs.watchFile('x'), { code: 'ERR_INVALID_ARG_TYPE' }],
]) {
  assert.throws(attempt, wanted, String(attempt));
}

// What returns a promise rejects it.
await assert.rejects(promises.readFile(5), path('type number (5)'));
await assert.rejects(promises.open('x', 'q'), value("The argument 'flags' is invalid. Received 'q'"));
await assert.rejects(promises.mkdir(), path('undefined'));
assert.equal(fs.existsSync(5), false);
