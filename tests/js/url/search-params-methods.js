// The methods of URLSearchParams.

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

const params = new URLSearchParams('a=1&b=2&a=3');
equal(params.get('a'), '1');
equal(params.get('x'), null);
equal(params.getAll('a').join(), '1,3');
equal(params.size, 3);
equal(params.has('a', '3'), true);
equal(params.has('a', '4'), false);
params.set('a', '9');
equal(params.toString(), 'a=9&b=2');
params.set('c', '5');
params.append('a', '1');
params.delete('a', '9');
equal(params.toString(), 'b=2&c=5&a=1');
const sorted = new URLSearchParams('z=1&\uffff=2&\u{1f600}=3&a=4&z=0');
sorted.sort();
equal([...sorted.keys()].join(), 'a,z,z,\u{1f600},\uffff');
equal(sorted.getAll('z').join(), '1,0');
fails(() => params.append('a'), 'TypeError');
fails(() => URLSearchParams.prototype.get.call({}, 'a'), 'TypeError');
