// JSON-RPC 2.0 by the letter: the examples of the specification, and what else a peer may say.
// https://www.jsonrpc.org/specification#examples

import assert from 'assert';
import { byHand } from '../../support/rpc.js';

const heard = [];
const { server, client, rpc, say } = await byHand({
  methods: {
    subtract: (params) => {
      const [from, less] = Array.isArray(params) ? params : [params.minuend, params.subtrahend];
      return from - less;
    },
    sum: (numbers) => numbers.reduce((one, other) => one + other),
    get_data: () => ['hello', 5],
    notify_hello: (params) => heard.push(params),
    slow: async () => 'slow',
  },
});
const ask = (method, params, id) => ({ jsonrpc: '2.0', method, params, id });
const good = (result, id) => ({ jsonrpc: '2.0', result, id });
const bad = (code, message, id) => ({ jsonrpc: '2.0', error: { code, message }, id });
const invalid = (id = null) => bad(-32600, 'this is no request of JSON-RPC 2.0', id);

const cases = [
  [ask('subtract', [42, 23], 1), good(19, 1)],
  [ask('subtract', { subtrahend: 23, minuend: 42 }, 'three'), good(19, 'three')],
  [ask('foobar', undefined, '1'), bad(-32601, 'there is no method foobar', '1')],
  ['{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]', bad(-32700, 'this is not JSON', null)],
  [{ jsonrpc: '2.0', method: 1, params: 'bar' }, invalid()],
  ['[', bad(-32700, 'this is not JSON', null)],
  [[], bad(-32600, 'a batch has 1 to 100 messages, not 0', null)],
  [[1], [invalid()]],
  [[1, 2, 3], [invalid(), invalid(), invalid()]],
  [
    [
      ask('sum', [1, 2, 4], '1'), ask('notify_hello', [7]), ask('subtract', [42, 23], '2'),
      { foo: 'boo' }, ask('foo.get', { name: 'myself' }, '5'), ask('get_data', undefined, '9'),
    ],
    [
      invalid(), bad(-32601, 'there is no method foo.get', '5'), good(7, '1'), good(19, '2'),
      good(['hello', 5], '9'),
    ],
  ],
  ['5', invalid()], ['null', invalid()], ['"text"', invalid()], ['{}', invalid()],
  [{ method: 'sum', params: [1], id: 1 }, invalid(1)],
  [{ jsonrpc: '1.0', method: 'sum', params: [1], id: 1 }, invalid(1)],
  [ask('sum', 5, 1), invalid(1)],
  [ask('sum', null, 1), invalid(1)],
  [ask('sum', [1], {}), invalid()],
  [ask('sum', [1], true), invalid()],
  ['{"jsonrpc": "2.0", "method": "sum", "params": [1], "id": 1e999}', invalid()],
  [ask('get_data', undefined, null), good(['hello', 5], null)],
  [ask('$/cancelRequest', { id: 77 }, 78), good(null, 78)],
  [ask('x'.repeat(1000), undefined, 1), bad(-32601, `there is no method ${'x'.repeat(64)}`, 1)],
];
for (const [message, reply] of cases) assert.deepStrictEqual(await say(message), reply);
assert.deepStrictEqual(heard, [[7]]);

// To these there is no answer: not to notifications, and not to answers, whatever they say.
const silent = [
  ask('notify_hello', [8]), ask('missing'), [ask('notify_hello', [9]), ask('missing')],
  ask('$/cancelRequest'), ask('$/cancelRequest', []), good(1, 99), good(1, null), bad(1, 'x', null),
  { jsonrpc: '2.0', error: 5, id: 7 }, { jsonrpc: '2.0', error: null, result: 1, id: {} },
];
assert.deepStrictEqual(await say(...silent, ask('sum', [1], 5)), good(1, 5));
assert.deepStrictEqual(heard, [[7], [8], [9]]);
client.send(new Uint8Array(3));

// Two calls with one id: the first one has it.
const both = await say([ask('slow', [], 1), ask('slow', [], 1)]);
assert.deepStrictEqual(both, [bad(-32600, 'a call with this id waits for its answer', 1), good('slow', 1)]);

// Answers that are odd.
for (const [reply, expected] of [
  [{ error: { code: 5, message: 'no', data: [1] } }, { code: 5, message: 'no', data: [1] }],
  [{ error: {} }, { code: -32603, message: 'no message' }],
  [{ error: 'no' }, { code: -32603, message: 'no message' }],
  [{ error: { code: 'EOWN', message: {} } }, { code: -32603, message: 'no message' }],
]) {
  const call = rpc.call('theirs');
  const { id } = await say();
  client.send(JSON.stringify({ jsonrpc: '2.0', id, ...reply }));
  await assert.rejects(call, expected);
}
await server.close();
