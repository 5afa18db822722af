// What URLSearchParams is made from.

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

equal(new URLSearchParams('?a=1&b=%20+&c').toString(), 'a=1&b=++&c=');
equal(new URLSearchParams([['a', 1], ['a', 2]]).toString(), 'a=1&a=2');
equal(new URLSearchParams({ x: 'é', y: undefined }).toString(), 'x=%C3%A9&y=undefined');
equal(new URLSearchParams(new Map([['m', 'n']])).toString(), 'm=n');
equal(new URLSearchParams(new URLSearchParams('q=1')).toString(), 'q=1');
equal(new URLSearchParams().toString(), '');
equal(new URLSearchParams('a=~*-._!\'()').toString(), 'a=%7E*-._%21%27%28%29');
fails(() => new URLSearchParams([['a']]), 'TypeError');
fails(() => new URLSearchParams([1]), 'TypeError');
