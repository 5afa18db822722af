// URL.createObjectURL makes a URL by which fetch gets a Blob, until it is revoked.
import assert from 'assert';

const blob = new Blob(['abc'], { type: 'text/x' });
const url = URL.createObjectURL(blob);
assert.match(url, /^blob:null\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
assert.notStrictEqual(URL.createObjectURL(blob), url);

const response = await fetch(`${url}#part`);
assert.strictEqual(response.status, 200);
assert.deepStrictEqual([...response.headers], [['content-length', '3'], ['content-type', 'text/x']]);
assert.strictEqual(await response.text(), 'abc');
assert.strictEqual(await (await fetch(URL.createObjectURL(new File(['x'], 'f')))).text(), 'x');

await assert.rejects(fetch(url, { method: 'POST' }), (error) => /only for GET/.test(error.cause.message));
assert.strictEqual(URL.revokeObjectURL(url), undefined);
URL.revokeObjectURL('nonsense');
await assert.rejects(fetch(url), (error) => error.cause.code === 'ERR_INVALID_URL');
assert.throws(() => URL.createObjectURL({}), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => URL.createObjectURL(), { code: 'ERR_MISSING_ARGS' });
