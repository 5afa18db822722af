// Wrong arguments of events, targets and signals get the codes of Node.
import assert from 'assert';

const fails = (call, code, message) => assert.throws(call, { name: 'TypeError', code, message });
const target = new EventTarget();
fails(() => new Event(), 'ERR_MISSING_ARGS', 'The "type" argument must be specified');
fails(() => target.addEventListener('x'), 'ERR_MISSING_ARGS',
  'The "type" and "listener" arguments must be specified');
fails(() => target.addEventListener('x', 5), 'ERR_INVALID_ARG_TYPE',
  'The "listener" argument must be an instance of EventListener. Received type number (5)');
fails(() => target.addEventListener('x', () => {}, { signal: 5 }), 'ERR_INVALID_ARG_TYPE',
  'The "options.signal" property must be an instance of AbortSignal. Received type number (5)');
fails(() => target.dispatchEvent({}), 'ERR_INVALID_ARG_TYPE',
  'The "event" argument must be an instance of Event. Received an instance of Object');
fails(() => new Event('x', 5), 'ERR_INVALID_ARG_TYPE',
  'The "options" argument must be of type object. Received type number (5)');
fails(() => AbortSignal.any([5]), 'ERR_INVALID_ARG_TYPE',
  'The "signals[0]" argument must be an instance of AbortSignal. Received type number (5)');
fails(() => new AbortSignal(), 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
assert.throws(() => Event('x'), {
  name: 'TypeError', message: "Class constructor Event cannot be invoked without 'new'",
});
assert.throws(() => target.dispatchEvent.call({}, new Event('x')), {
  message: 'Value of "this" must be of type EventTarget',
});
