// The parts of a URL.

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

const url = new URL('HTTPS://user:p%20w@Exämple.com:8080/a/./b/../c?x=1&y#frag');
equal(url.href, 'https://user:p%20w@xn--exmple-cua.com:8080/a/c?x=1&y#frag');
equal(url.origin, 'https://xn--exmple-cua.com:8080');
equal(url.protocol, 'https:');
equal(url.username, 'user');
equal(url.password, 'p%20w');
equal(url.host, 'xn--exmple-cua.com:8080');
equal(url.hostname, 'xn--exmple-cua.com');
equal(url.port, '8080');
equal(url.pathname, '/a/c');
equal(url.search, '?x=1&y');
equal(url.hash, '#frag');
equal(String(url), url.href);
equal(JSON.stringify({ url }), `{"url":"${url.href}"}`);
equal(new URL('data:x,y').origin, 'null');
equal(new URL('ws://h:80/').port, '');
equal(new URL('http://[::1]:3/').hostname, '[::1]');
