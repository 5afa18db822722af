// any() follows the first signal that aborts.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const first = new AbortController();
const second = new AbortController();
const both = AbortSignal.any([first.signal, second.signal]);
const nested = AbortSignal.any([both]);
const order = [];
first.signal.addEventListener('abort', () => order.push('first'));
both.addEventListener('abort', () => order.push('both'));
nested.addEventListener('abort', () => order.push('nested'));
equal(both.aborted, false);
first.abort('x');
second.abort('y');
equal(order.join(), 'first,both,nested');
equal(both.reason, 'x');
equal(nested.reason, 'x');
equal(AbortSignal.any([AbortSignal.abort(3), first.signal]).reason, 3);
equal(AbortSignal.any([]).aborted, false);
