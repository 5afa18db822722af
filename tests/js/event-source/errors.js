// What is no stream of events closes the source; what might be one later is asked for again.
import assert from 'assert';

const failure = (answer) => new Promise((resolve) => {
  const source = new EventSource('http://a.example/', { fetch: async () => answer });
  source.onopen = () => assert.fail('it is open');
  source.onerror = ({ message, error }) => {
    source.onerror = () => assert.fail('a second error');
    assert.ok(error instanceof Error);
    resolve([source.readyState, message]);
  };
});
const stream = { headers: { 'content-type': 'text/event-stream' } };
assert.deepStrictEqual(
  await failure(new Response(null, { ...stream, status: 204 })),
  [2, 'the server answered with status 204, not 200'],
);
assert.deepStrictEqual((await failure(new Response('', { ...stream, status: 500 })))[0], 2);
assert.deepStrictEqual(
  await failure(new Response('x')),
  [2, "the server sends 'text/plain;charset=UTF-8', not text/event-stream"],
);
assert.match((await failure(new Response(null)))[1], /no content type/);

// An unknown option of fetch will not be known next time either.
const [state, message] = await new Promise((resolve) => {
  const source = new EventSource('http://a.example/', { timeouts: { heders: 1 } });
  source.onerror = (event) => resolve([source.readyState, event.message]);
});
assert.strictEqual(state, 2);
assert.match(message, /did you mean headers/);

// Attempts that fail are repeated, and told of.
let attempts = 0;
const source = new EventSource('http://a.example/', {
  fetch: async () => {
    attempts += 1;
    if (attempts === 1) return new Response('retry: 1\n\n', stream);
    if (attempts < 4) throw new TypeError('fetch failed', { cause: new Error(`attempt ${attempts}`) });
    return new Response('data: at last\n\n', stream);
  },
});
const told = [];
source.onerror = (event) => told.push([source.readyState, event.message]);
const { data } = await new Promise((resolve) => { source.onmessage = resolve; });
source.close();
assert.strictEqual(data, 'at last');
assert.deepStrictEqual(told, [
  [0, 'the server has ended the stream'], [0, 'attempt 2'], [0, 'attempt 3'],
]);
assert.strictEqual(source.readyState, 2);

for (const url of ['', '/x', 'ws://a.example', 'file:///x']) {
  assert.throws(() => new EventSource(url), { name: 'SyntaxError' });
}
assert.throws(() => new EventSource(), TypeError);
assert.throws(() => new EventSource('http://a.example', 1), TypeError);
assert.throws(() => new EventSource('http://a.example', { fetch: 1 }), TypeError);
assert.throws(() => EventSource('http://a.example'), TypeError);
