// What `indexOf`, `split`, `replaceAll` and the methods with patterns give, by the definition.

import assert from 'assert';

const letters = ['a', 'b', 'ab', '\u00E9', '\u20AC', '\u{1F600}', '\uD83D', '$', ''];
let seed = 7;
const below = (limit) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % limit;
const some = (most) => Array.from({ length: below(most + 1) }, () => letters[below(letters.length)]).join('');

/** The places of a text in another, one unit after the other. */
function places(text, wanted) {
  const found = [];
  for (let at = 0; at + wanted.length <= text.length;) {
    const is = [...wanted.split('').keys()].every((i) => text[at + i] === wanted[i]);
    if (is) found.push(at);
    at += is ? wanted.length : 1;
  }
  return found;
}

for (let round = 0; round < 2000; round++) {
  const text = some(12);
  const wanted = some(2);
  const with_ = some(2);
  if (wanted === '') continue;
  const at = places(text, wanted);
  assert.strictEqual(text.indexOf(wanted), at[0] ?? -1);
  assert.deepStrictEqual(text.split(wanted).join('\n'), pieces(text, wanted, at).join('\n'));
  assert.strictEqual(text.split(wanted, 2).length, Math.min(2, at.length + 1));
  assert.strictEqual(text.replaceAll(wanted, () => with_), pieces(text, wanted, at).join(with_));
  if (!with_.includes('$')) {
    assert.strictEqual(text.replaceAll(wanted, with_), pieces(text, wanted, at).join(with_));
  }
}

function pieces(text, wanted, at) {
  const ends = [...at, text.length];
  return ends.map((end, i) => text.slice(i ? at[i - 1] + wanted.length : 0, end));
}

// What is unusual.
assert.strictEqual('abc'.indexOf('c', -5), 2);
assert.strictEqual('abc'.indexOf('c', 1.9), 2);
assert.strictEqual('abc'.indexOf('c', 9), -1);
assert.strictEqual('abc'.indexOf('', 9), 3);
assert.strictEqual('undefined'.indexOf(), 0);
assert.strictEqual(String.prototype.indexOf.call(1234, 3), 2);
assert.throws(() => String.prototype.indexOf.call(null, 'a'), TypeError);
assert.deepStrictEqual('a,b'.split(), ['a,b']);
assert.deepStrictEqual('a,b'.split(',', 0), []);
assert.deepStrictEqual('a,b,c'.split(',', -1), ['a', 'b', 'c']);
assert.deepStrictEqual('a,b,c'.split(',', 2 ** 32 + 1), ['a']);
assert.deepStrictEqual('abc'.split(''), ['a', 'b', 'c']);
assert.deepStrictEqual(''.split(','), ['']);
assert.deepStrictEqual(''.split(''), []);
assert.deepStrictEqual('a1b2'.split(/(\d)/), ['a', '1', 'b', '2', '']);
assert.strictEqual('a.b.c'.replaceAll('.', '$&$&'), 'a..b..c');
assert.strictEqual('abc'.replaceAll('', '-'), '-a-b-c-');
assert.throws(() => 'a'.replaceAll(/a/, 'b'), TypeError);

// A long text is given to a pattern in another form, which shows nowhere.
const long = 'na\u00EFve '.repeat(500);
const [match] = long.matchAll(/(v)(?<last>e)/g);
assert.strictEqual(match.input, long);
assert.strictEqual(match.index, 3);
assert.strictEqual(match.groups.last, 'e');
assert.strictEqual(new Map([['ve', 1]]).get(match[0]), 1);
assert.strictEqual({ ve: 2 }[match[0]], 2);
assert.strictEqual(JSON.stringify(long.match(/na\u00EFve/)[0]), '"na\u00EFve"');
assert.strictEqual(long.replace(/\u00EF/gu, 'i'), 'naive '.repeat(500));
assert.strictEqual(long.replace('na', '$$'), `$${long.slice(2)}`);
assert.strictEqual(encodeURIComponent(long.match(/\u00EF/)[0]), '%C3%AF');
assert.strictEqual(new TextEncoder().encode(long.match(/\u00EF/)[0]).length, 2);

for (const [name, length] of [['indexOf', 1], ['split', 2], ['replaceAll', 2], ['replace', 2], ['match', 1]]) {
  const method = String.prototype[name];
  assert.strictEqual(method.name, name);
  assert.strictEqual(method.length, length);
  assert.ok(!Object.keys(String.prototype).includes(name));
}
