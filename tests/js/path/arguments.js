// What is no string is told by name and by what it was.
import assert from 'assert';
import path from 'path';

const fails = (call, message) => assert.throws(call, {
  name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE', message,
});
fails(() => path.join('a', 5), 'The "path" argument must be of type string. Received type number (5)');
fails(() => path.resolve('a', null), 'The "paths[1]" argument must be of type string. Received null');
fails(
  () => path.basename('a', {}),
  'The "suffix" argument must be of type string. Received an instance of Object',
);
fails(
  () => path.format([]),
  'The "pathObject" argument must be of type object. Received an instance of Array',
);
fails(
  () => path.dirname('a string that is longer than what is shown'.length > 5 ? Symbol('s') : ''),
  'The "path" argument must be of type string. Received type symbol (Symbol(s))',
);
