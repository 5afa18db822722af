// File paths and file: URLs.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

function fails(run, name) {
  try {
    run();
  } catch (error) {
    equal(error.name, name);
    return;
  }
  throw new Error(`${run} did not throw`);
}

import { fileURLToPath, pathToFileURL, URL as Same } from 'node:url';

equal(Same, URL);
equal(pathToFileURL('/a b/c#d?e%f').href, 'file:///a%20b/c%23d%3Fe%25f');
equal(fileURLToPath('file:///a%20b/c%23d'), '/a b/c#d');
equal(fileURLToPath(pathToFileURL('/x/../y')), '/y');
equal(pathToFileURL('/dir/').href, 'file:///dir/');
equal(fileURLToPath(pathToFileURL('relative')).endsWith('/relative'), true);
for (const [wrong, code] of [
  ['http://h/', 'ERR_INVALID_URL_SCHEME'],
  ['file:///a%2fb', 'ERR_INVALID_FILE_URL_PATH'],
  ['file://host/a', 'ERR_INVALID_FILE_URL_HOST'],
  [5, 'ERR_INVALID_ARG_TYPE'],
]) {
  let thrown;
  try {
    fileURLToPath(wrong);
  } catch (error) {
    thrown = error;
  }
  equal(thrown instanceof TypeError, true);
  equal(thrown.code, code);
}
