// What a source yields becomes events that no line break can change.

import assert from 'assert';
import { event, sse } from 'krandog:sse';

async function textOf(events, options) {
  let text = '';
  for await (const piece of sse(events, options).body) text += piece;
  return text;
}

for (const [value, expected] of [
  ['hello', 'data: hello\n\n'],
  ['', 'data: \n\n'],
  ['a\nb\r\nc\rd\n', 'data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n'],
  ['\r\n\r\n', 'data: \ndata: \ndata: \n\n'],
  [' led', 'data:  led\n\n'],
  [5, 'data: 5\n\n'],
  [null, 'data: null\n\n'],
  [['a', 1], 'data: ["a",1]\n\n'],
  [{ data: { a: 'b\nc' } }, 'data: {"a":"b\\nc"}\n\n'],
  [{ data: 'x', event: 'tick', id: 7 }, 'event: tick\nid: 7\ndata: x\n\n'],
  [{ id: '' }, 'id: \n\n'],
  [{ retry: 0 }, 'retry: 0\n\n'],
  [{ comment: 'a\nb' }, ': a\n: b\n\n'],
  [{}, '\n'],
  ['ü 🦝', 'data: ü 🦝\n\n'],
]) {
  assert.strictEqual(await textOf([value]), `:\n\n${expected}`, JSON.stringify(value));
  assert.strictEqual(`${event(value)}`, expected);
}
assert.strictEqual(await textOf([event('once')], { retry: 500 }), 'retry: 500\n\ndata: once\n\n');

for (const [value, message] of [
  [{ event: 'a\nb', data: '' }, /the event of an event must be one line/],
  [{ id: 'a\0b', data: '' }, /the id of an event must be one line/],
  [{ id: 'a\rdata: x', data: '' }, /must be one line/],
  [{ retry: 1.5 }, /must be whole milliseconds, not 1\.5/],
  [{ retry: '5' }, /must be whole milliseconds, not '5'/],
  [{ price: 5 }, /unknown field price in an event.*yield \{ data: value \}/],
  [{ date: 5 }, /did you mean data\?/],
  [undefined, /not undefined/],
  [{ data: () => {} }, /not a function/],
  [new Uint8Array(1), /not bytes/],
]) {
  assert.throws(() => event(value), { name: 'TypeError', message });
  await assert.rejects(textOf([value]), { name: 'TypeError', message });
}
