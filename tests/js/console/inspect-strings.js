// Strings take the quotes that need the fewest escapes; long ones break at line feeds.
import assert from 'assert';
import { inspect } from 'util';

assert.strictEqual(inspect("it's"), '"it\'s"');
assert.strictEqual(inspect('a"b\'c'), '`a"b\'c`');
assert.strictEqual(inspect('\n\x01\\\ud800'), "'\\n\\x01\\\\\\ud800'");
assert.strictEqual(inspect({ 'a-b': 1, $x: 2 }), "{ 'a-b': 1, '$x': 2 }");
const lines = inspect({ a: `${'x'.repeat(40)}\n${'y'.repeat(40)}` });
assert.ok(lines.includes("\\n' +\n    'y"));
