// mitt: an emitter in 200 bytes.
import assert from 'assert';
import mitt from 'mitt';

const emitter = mitt();
const seen = [];
emitter.on('a', (value) => seen.push(value));
emitter.on('*', (type, value) => seen.push([type, value]));
emitter.emit('a', 1);
assert.deepEqual(seen, [1, ['a', 1]]);
