// formData() reads multipart/form-data and queries, and says why something is neither.
import assert from 'assert';

const parse = (body, type) => new Response(body, { headers: { 'content-type': type } }).formData();
const head = 'Content-Disposition: form-data; name=';

const query = await parse('a=1&b=%E6%B0%B4+c&a&=x&&', 'application/x-www-form-urlencoded;charset=x');
assert.deepStrictEqual([...query], [['a', '1'], ['b', '\u6c34 c'], ['a', ''], ['', 'x']]);
assert.deepStrictEqual([...await new Response(new URLSearchParams({ a: 'b' })).formData()], [['a', 'b']]);

const form = await parse(
  `--x\r\n${head}"a"\r\n\r\n\ufeff1\r\n--x\r\n${head}f; filename=g\r\n\r\n2\r\n--x--`,
  'Multipart/Form-Data; charset=utf-8; boundary="x"',
);
assert.strictEqual(form.get('a'), '\ufeff1');
assert.deepStrictEqual([form.get('f').name, form.get('f').type], ['g', 'text/plain']);

for (const [body, type, why] of [
  ['', 'text/plain', /it is text\/plain/],
  ['', '', /it has none/],
  ['--x--', 'multipart/form-data', /boundary of 1 to 70/],
  ['--y--', 'multipart/form-data; boundary=x', /begin with its boundary/],
  [`--x\r\n${head}a\r\n\r\n1`, 'multipart/form-data; boundary=x', /cut off in part 1/],
  ['--x\r\nA: b\r\n\r\n1\r\n--x--', 'multipart/form-data; boundary=x', /part 1 has no name/],
  [`--x\r\n${head}${'a'.repeat(9000)}\r\n\r\n1\r\n--x--`, 'multipart/form-data; boundary=x', /more than 8192 bytes/],
  [`--x\r\n${head}a\r\n\r\n1\r\n`.repeat(10_001) + '--x--', 'multipart/form-data; boundary=x', /10000 parts/],
  ['&'.repeat(10_001), 'application/x-www-form-urlencoded', /10000 fields/],
]) {
  const error = await parse(body, type).then(() => assert.fail(String(why)), (reason) => reason);
  assert.strictEqual(error.name, 'TypeError');
  assert.match(error.message, why);
}
await assert.rejects(new Response(null).formData(), TypeError);
