// Iteration is live and in order.

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

const params = new URLSearchParams('a=1&b=2');
equal([...params].join(';'), 'a,1;b,2');
equal([...params.keys()].join(), 'a,b');
equal([...params.values()].join(), '1,2');
equal(params[Symbol.iterator], params.entries);
const iterator = params.entries();
equal(iterator[Symbol.iterator](), iterator);
equal(Object.prototype.toString.call(iterator), '[object URLSearchParams Iterator]');
const seen = [];
params.forEach(function (value, name, all) {
  equal(all, params);
  seen.push(name + value + this.x);
  if (seen.length === 1) params.append('c', '3');
}, { x: '!' });
equal(seen.join(), 'a1!,b2!,c3!');
equal(Object.fromEntries(params).c, '3');
