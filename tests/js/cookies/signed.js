// A signature holds for one name and one value, whichever of the keys made it.

import assert from 'assert';
import { CookieSigner, parseCookies } from 'krandog:cookies';

const [one, two] = ['a', 'b'].map((letter) => letter.repeat(32));
const signer = new CookieSigner(one);
const rotated = new CookieSigner([two, one]);
const field = signer.cookie('user', 'ada lovelace', { httpOnly: true });
assert.match(field, /^user=ada%20lovelace\.[\w-]{43}; Path=\/; SameSite=Lax; HttpOnly$/);

const sent = { headers: { cookie: `x=1; ${field.split(';')[0]}` } };
assert.strictEqual(signer.read(sent, 'user'), 'ada lovelace');
assert.strictEqual(rotated.read(sent, 'user'), 'ada lovelace');
assert.strictEqual(new CookieSigner(two).read(sent, 'user'), undefined);
assert.strictEqual(signer.read(sent, 'x'), undefined);
assert.strictEqual(signer.read(sent, 'nothing'), undefined);
// The first key signs.
assert.strictEqual(signer.verify('user', rotated.sign('user', 'ada')), undefined);

const text = parseCookies(sent).user;
assert.strictEqual(signer.verify('admin', text), undefined);
for (const wrong of [
  text.slice(1), text.slice(0, -1), `${text}A`, `x${text}`, text.replace('.', ''), '', '.', 'ada.',
  text.split('.')[1], `.${text.split('.')[1]}`, undefined, null, 5,
]) {
  assert.strictEqual(signer.verify('user', wrong), undefined, `${wrong}`);
}
// RFC 4231 has no such text; the same by another implementation of HMAC-SHA256.
assert.strictEqual(signer.sign('user', 'a.b'), 'a.b.vakNAjRgmj_RBwtFHCfj0XdmzBnwDjo8jjMWDYR-cwE');
assert.strictEqual(signer.verify('user', signer.sign('user', 'a.b')), 'a.b');
assert.strictEqual(signer.verify('user', signer.sign('user', '')), '');
assert.strictEqual(signer.verify('n', signer.cookie('n', 5).slice(2).split(';')[0]), '5');
assert.strictEqual(new CookieSigner(new TextEncoder().encode(one)).read(sent, 'user'), 'ada lovelace');

assert.throws(() => new CookieSigner('secret'), /32 bytes or more, not 6: make one with openssl/);
assert.throws(() => new CookieSigner([]), RangeError);
assert.throws(() => new CookieSigner(Array(17).fill(one)), RangeError);
assert.throws(() => new CookieSigner(), /must be a string or bytes/);
assert.throws(() => signer.sign('user', {}), { code: 'ERR_INVALID_ARG_TYPE' });
