// A stream is cancelled when both of its branches are, with both reasons.

import assert from 'assert';

for (const type of [undefined, 'bytes']) {
  const log = [];
  let pulls = 0;
  const stream = new ReadableStream({
    type,
    pull(controller) {
      pulls += 1;
      controller.enqueue(new Uint8Array([pulls]));
    },
    cancel: (reasons) => log.push(reasons),
  });
  const [one, two] = stream.tee();
  const first = one.cancel('first');
  const reader = two.getReader();
  assert.deepStrictEqual([...(await reader.read()).value], [1]);
  assert.deepStrictEqual(log, []);
  await Promise.all([first, reader.cancel('second')]);
  assert.deepStrictEqual(log, [['first', 'second']]);
}
