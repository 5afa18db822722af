// searchParams and the query follow each other.

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

const url = new URL('http://h/?a=1&b=2');
const params = url.searchParams;
equal(url.searchParams, params);
params.append('c', 'x y');
equal(url.href, 'http://h/?a=1&b=2&c=x+y');
params.delete('a');
equal(url.search, '?b=2&c=x+y');
url.search = '?z=9';
equal(params.get('z'), '9');
equal(params.has('b'), false);
url.href = 'http://h/?n=%C3%A9';
equal(params.get('n'), 'é');
params.delete('n');
equal(url.href, 'http://h/');
