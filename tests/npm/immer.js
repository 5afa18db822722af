// immer: what is changed is new, and what is not is the same.
import assert from 'assert';
import { produce } from 'immer';

const before = { rooms: { a: [1], b: [2] } };
const after = produce(before, (draft) => { draft.rooms.a.push(3); });
assert.deepEqual(after.rooms.a, [1, 3]);
assert.equal(after.rooms.b, before.rooms.b);
assert.deepEqual(before.rooms.a, [1]);
