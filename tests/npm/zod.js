// zod: a message is checked, and what is wrong with it named.
import assert from 'assert';
import { z } from 'zod';

const Message = z.object({ say: z.string().max(5), to: z.array(z.number()).default([]) });
assert.deepEqual(Message.parse({ say: 'hi' }), { say: 'hi', to: [] });
const { success, error } = Message.safeParse({ say: 'too long', to: ['x'] });
assert.equal(success, false);
assert.deepEqual(error.issues.map(({ path }) => path.join('.')), ['say', 'to.0']);
