// A capture callback takes what nobody has caught.

import assert from 'node:assert';

const caught = new Promise((resolve) => process.setUncaughtExceptionCaptureCallback(resolve));
assert.strictEqual(process.hasUncaughtExceptionCaptureCallback(), true);
assert.throws(() => process.setUncaughtExceptionCaptureCallback(() => {}), {
  code: 'ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET',
});
setTimeout(() => { throw new Error('thrown'); });
assert.strictEqual((await caught).message, 'thrown');
process.setUncaughtExceptionCaptureCallback(null);
assert.strictEqual(process.hasUncaughtExceptionCaptureCallback(), false);
