// Setters change the parts and ignore what does not fit.

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

const url = new URL('http://h/p?q#f');
url.protocol = 'https';
url.host = 'g:81';
url.username = 'u:';
url.password = 'p';
url.pathname = 'a b';
url.search = 'k=v w';
url.hash = '';
equal(url.href, 'https://u%3A:p@g:81/a%20b?k=v%20w');
url.port = '99999';
url.protocol = 'data:';
url.port = '443';
equal(url.href, 'https://u%3A:p@g/a%20b?k=v%20w');
url.search = '';
url.hostname = 'x';
url.href = 'http://o/';
equal(url.href, 'http://o/');
