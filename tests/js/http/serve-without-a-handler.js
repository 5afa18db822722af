// serve() refuses what is no handler, and says how it is called.

import assert from 'assert';

const refuses = (args, message) => {
  assert.throws(() => serve(...args), { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE', message });
};
refuses([3035], "serve needs a handler: serve(3035, (req) => 'hello')");
refuses([], "serve needs a handler: serve(3000, (req) => 'hello')");
refuses([{ port: 8080 }], "serve needs a handler: serve(8080, (req) => 'hello')");
refuses([0, 'hello'], /^serve needs a handler: /);
const fetch = () => new Response('hello');
const instead = /^serve takes no fetch in an object: write serve\(8080, handler\), and return a /;
refuses([{ port: 8080, fetch }], instead);
refuses([8080, { fetch }], instead);
