// onabort keeps its place when replaced and loses it when set to null.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const controller = new AbortController();
const { signal } = controller;
const order = [];
signal.onabort = () => order.push('old');
signal.addEventListener('abort', () => order.push('listener'));
const handler = () => order.push('new');
signal.onabort = handler;
equal(signal.onabort, handler);
controller.abort();
equal(order.join(), 'new,listener');
signal.onabort = 5;
equal(signal.onabort, null);
