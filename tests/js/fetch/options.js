// An option that would be ignored is an error where somebody may count on it.

import assert from 'assert';
import { serve } from '../../support/fetch.js';

const { server, url } = await serve(() => 'x');
for (const [init, message] of [
  [{ methd: 'POST' }, /unknown option methd: did you mean method\?/],
  [{ header: {} }, /unknown option header: did you mean headers\?/],
  [{ timeout: 5000 }, /no option timeout: write signal: AbortSignal\.timeout\(ms\)/],
  [{ agent: {} }, /no option agent: write proxy, tls, unix or localAddress/],
  [{ json: {} }, /body: JSON\.stringify\(value\)/],
  [{ timeouts: { header: 5 } }, /unknown option timeouts\.header: did you mean headers\?/],
  [{ timeouts: { connect: 0 } }, /option timeouts\.connect must be a whole number from 1/],
  [{ tls: { cert_: 1 } }, /unknown option tls\.cert_/],
  [{ proxy: 'ftp://x' }, /option proxy is wrong: the scheme must be http or socks5/],
  [{ localAddress: 'x' }, /option localAddress must be an IP address/],
  [{ method: 'CONNECT' }, /CONNECT is not for fetch/],
  [{ integrity: 'sha265-x md5-y' }, /option integrity has no hash that is known: 'sha265-x md5-y'/],
  [{ redirect: 'folow' }, /did you mean 'follow'\?/],
]) {
  await assert.rejects(fetch(url, init), message);
}
// What only a page has is taken, and means nothing.
const init = {
  mode: 'no-cors', credentials: 'include', cache: 'no-store', referrer: '', keepalive: true,
  priority: 'high', integrity: '', next: { revalidate: 1 },
};
assert.strictEqual((await fetch(url, init)).status, 200);
server.close();
