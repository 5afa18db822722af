// What is meant for one server is not sent to another.

import assert from 'assert';
import { serve } from '../../support/fetch.js';

const shown = ({ headers: { authorization, cookie, 'x-own': own, host } }) =>
  JSON.stringify({ authorization, cookie, own, host });
const other = await serve(shown);
const { server, url } = await serve((req) => {
  if (req.pathname === '/here') return { status: 307, headers: { location: '/end' } };
  if (req.pathname === '/there') return { status: 307, headers: { location: `${other.url}/end` } };
  return shown(req);
});
const headers = { authorization: 'Bearer x', cookie: 'a=b', 'x-own': 'y' };
const here = await (await fetch(`${url}/here`, { headers })).json();
assert.deepStrictEqual(here, {
  authorization: 'Bearer x', cookie: 'a=b', own: 'y', host: new URL(url).host,
});
const there = await (await fetch(`${url}/there`, { headers })).json();
assert.deepStrictEqual(there, { own: 'y', host: new URL(other.url).host });
other.server.close();
server.close();
