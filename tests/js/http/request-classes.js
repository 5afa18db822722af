// The classes of http.request are loaded late, and look like any others.

import assert from 'assert';
import http from 'http';
import https from 'https';

const classes = [http.Agent, http.ClientRequest, http.IncomingMessage, https.Agent];
for (const late of classes) {
  assert.strictEqual(typeof late, 'function');
  if (/Agent/.test(late.name)) assert.throws(() => late(), { name: 'TypeError' });
  const usual = ['length', 'name', 'prototype'];
  assert(Reflect.ownKeys(late).every((key) => usual.includes(key)));
  assert.strictEqual(late.module, undefined);
}

class Own extends http.Agent {
  constructor() {
    super({ keepAlive: false });
  }
}
const own = new Own();
assert(own instanceof Own && own instanceof http.Agent);
assert.strictEqual(own.keepAlive, false);
assert(http.globalAgent instanceof http.Agent);
