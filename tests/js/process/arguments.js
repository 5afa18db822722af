// Wrong arguments get Node's codes and words.
import assert from 'assert';

const fails = (call, code, message) => assert.throws(call, { code, message });
fails(() => process.hrtime(5), 'ERR_INVALID_ARG_TYPE', 'The "time" argument must be an instance of Array. Received type number (5)');
fails(() => process.hrtime([1]), 'ERR_OUT_OF_RANGE', 'The value of "time" is out of range. It must be 2. Received 1');
fails(() => process.chdir(), 'ERR_INVALID_ARG_TYPE', 'The "directory" argument must be of type string. Received undefined');
fails(() => { process.exitCode = true; }, 'ERR_INVALID_ARG_TYPE', 'The "code" argument must be of type number. Received type boolean (true)');
fails(() => { process.exitCode = 1.5; }, 'ERR_OUT_OF_RANGE', 'The value of "code" is out of range. It must be an integer. Received 1.5');
fails(() => process.stdout.write(null), 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
fails(() => process.stdout.write(5), 'ERR_INVALID_ARG_TYPE', 'The "chunk" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received type number (5)');
assert.strictEqual(process._exiting, false);
process.exitCode = '0';
process.on('exit', () => assert.strictEqual(process._exiting, true));
