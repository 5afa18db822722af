// What cannot be decoded, or with what, is told with the codes of Node.
import assert from 'assert';

assert.throws(() => new TextDecoder('odd'), {
  name: 'RangeError', code: 'ERR_ENCODING_NOT_SUPPORTED',
  message: 'The "odd" encoding is not supported',
});
assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([255])), {
  name: 'TypeError', code: 'ERR_ENCODING_INVALID_ENCODED_DATA',
  message: 'The encoded data was not valid for encoding utf-8',
});
assert.throws(() => new TextDecoder().decode('text'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => atob(), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => structuredClone(), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => btoa('€'), { name: 'InvalidCharacterError', message: 'Invalid character' });
