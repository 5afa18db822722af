// valibot: values are checked against a schema.
import assert from 'assert';
import * as v from 'valibot';

const User = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(2, 'too short')),
  email: v.pipe(v.string(), v.email()),
  age: v.optional(v.pipe(v.number(), v.integer())),
  role: v.picklist(['admin', 'guest']),
});
assert.deepEqual(v.parse(User, { name: ' Ann ', email: 'ann@example.com', role: 'admin' }), {
  name: 'Ann', email: 'ann@example.com', role: 'admin',
});
const { success, issues } = v.safeParse(User, { name: 'A', email: 'x', age: 1.5, role: 'root' });
assert.equal(success, false);
assert.deepEqual(issues.map((issue) => v.getDotPath(issue)), ['name', 'email', 'age', 'role']);
assert.equal(issues[0].message, 'too short');
