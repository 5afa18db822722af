// A Duplex of a function, a promise, an iterable and a pair; and two that are connected.
import assert from 'assert';
import { Duplex, PassThrough, duplexPair } from 'stream';
import { finished } from 'stream/promises';

const generator = Duplex.from(async function* loud(source) {
  for await (const chunk of source) yield `${chunk}!`;
});
generator.end('hi');
assert.deepEqual(await generator.toArray(), ['hi!']);

let text = '';
const taker = Duplex.from(async (source) => {
  for await (const chunk of source) text += chunk;
});
taker.write('a');
taker.end('b');
await finished(taker);
assert.equal(text, 'ab');

assert.deepEqual(await Duplex.from(Promise.resolve('later')).toArray(), ['later']);
assert.deepEqual(await Duplex.from(['x', 'y']).toArray(), ['x', 'y']);

const [readable, writable] = [new PassThrough(), new PassThrough()];
const pair = Duplex.from({ readable, writable });
writable.on('data', (chunk) => readable.write(`>${chunk}`));
writable.on('end', () => readable.end());
pair.end('in');
assert.equal((await pair.toArray()).join(''), '>in');
assert.throws(() => Duplex.from(5), { code: 'ERR_INVALID_ARG_TYPE' });

const [one, other] = duplexPair();
one.write('ping');
other.on('data', (chunk) => {
  assert.equal(`${chunk}`, 'ping');
  other.end('pong');
});
one.on('data', (chunk) => {
  assert.equal(`${chunk}`, 'pong');
  one.end();
});
await finished(one);
