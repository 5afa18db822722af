// What each kind of event carries, and its defaults.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const message = new MessageEvent('message', { data: [1], origin: 'o', lastEventId: 7 });
equal(message.data[0], 1);
equal(message.origin, 'o');
equal(message.lastEventId, '7');
equal(message.source, null);
equal(message.ports.length, 0);
equal(new MessageEvent('message').data, null);
const custom = new CustomEvent('c', { detail: 5, cancelable: true });
equal(custom.detail, 5);
equal(custom.cancelable, true);
equal(new CustomEvent('c').detail, null);
equal(String(message), '[object MessageEvent]');
for (const Kind of [MessageEvent, CustomEvent]) {
  equal(Object.getPrototypeOf(Kind), Event);
  equal(Kind.length, 1);
}
