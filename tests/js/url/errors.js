// What a URL refuses, in the words and with the properties of Node.
import assert from 'assert';
import { domainToASCII, domainToUnicode, fileURLToPath, pathToFileURL } from 'url';

const { input, base, code, message } = (() => {
  try {
    return new URL('a path', 'no base');
  } catch (error) {
    assert.ok(error instanceof TypeError);
    return error;
  }
})();
assert.deepStrictEqual([input, base, code, message],
  ['a path', 'no base', 'ERR_INVALID_URL', 'Invalid URL']);
assert.throws(() => new URL(), { message: 'The "url" argument must be specified' });
assert.throws(() => URL('http://a'), {
  message: "Class constructor URL cannot be invoked without 'new'",
});
assert.throws(() => fileURLToPath(5), {
  message: 'The "path" argument must be of type string or an instance of URL. '
    + 'Received type number (5)',
});
assert.throws(() => fileURLToPath('file:///%ff'), { name: 'URIError' });
assert.throws(() => pathToFileURL(null), {
  message: 'The "path" argument must be of type string. Received null',
});
assert.strictEqual(pathToFileURL('//a b/[c]~').href, 'file:///a%20b/%5Bc%5D%7E');
assert.strictEqual(pathToFileURL('').href, pathToFileURL(process.cwd()).href);
assert.deepStrictEqual(
  ['1', '[::1]', 'a b', 'español.com'].map(domainToASCII),
  ['0.0.0.1', '[::1]', '', 'xn--espaol-zwa.com'],
);
assert.strictEqual(domainToUnicode('xn--espaol-zwa.com'), 'español.com');
