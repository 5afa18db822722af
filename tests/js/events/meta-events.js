// newListener and removeListener tell about the listeners.
import assert from 'assert';
import EventEmitter from 'events';

const emitter = new EventEmitter();
const log = [];
emitter.on('newListener', (name) => log.push(`+${name}`));
emitter.on('removeListener', (name) => log.push(`-${name}`));
const listener = () => {};
emitter.on('a', listener);
emitter.once('b', listener);
emitter.removeListener('b', listener);
emitter.removeAllListeners('a');
assert.deepStrictEqual(log, ['+removeListener', '+a', '+b', '-b', '-a']);
assert.throws(() => emitter.on('a', 5), { code: 'ERR_INVALID_ARG_TYPE' });
