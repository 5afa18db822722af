// A Blob in a form is a File, named blob unless it has a name or is given one.
import assert from 'assert';

const form = new FormData();
const file = new File(['x'], 'f.txt', { type: 'text/plain', lastModified: 5 });
const blob = new Blob(['y'], { type: 'a/b' });
form.append('file', file);
form.append('file', file, 'other');
form.append('blob', blob);
form.append('blob', blob, 'named');
form.append('blob', blob, undefined);
assert.strictEqual(form.get('file'), file);
const [, renamed] = form.getAll('file');
assert.ok(renamed instanceof File);
assert.deepStrictEqual([renamed.name, renamed.type, renamed.lastModified], ['other', 'text/plain', 5]);
assert.deepStrictEqual(form.getAll('blob').map((it) => it.name), ['blob', 'named', 'blob']);
assert.ok(form.getAll('blob').every((it) => it instanceof File && it.type === 'a/b'));
assert.strictEqual(await form.get('blob').text(), 'y');
