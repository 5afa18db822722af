// http_routes: functions that `server.use` puts around handlers. Loaded when the first is called.

import { begin, report } from 'ops:internal:http_routes';

const isPlain = (value) => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

function fieldsOf(headers) {
  // A name may be that of a property of all objects.
  const fields = { __proto__: null };
  if (headers === null || typeof headers !== 'object') return fields;
  const pairs = Symbol.iterator in headers ? headers : Object.entries(headers);
  for (const [given, value] of pairs) {
    const name = `${given}`.toLowerCase();
    fields[name] = fields[name] === undefined ? value : [fields[name], value].flat();
  }
  return fields;
}

// One shape for all replies, so that whoever is around a handler can look at any and change it.
function replyOf(value, otherwise) {
  if (value === undefined) {
    return replyOf(otherwise ?? { status: 404, body: 'not found\n' });
  }
  if (isPlain(value)) {
    return { ...value, status: value.status ?? 200, headers: fieldsOf(value.headers) };
  }
  if (typeof value === 'object' && value !== null && value.status !== undefined) {
    return { status: value.status, headers: fieldsOf(value.headers), body: value.body };
  }
  // What is none is refused where it is sent.
  const isBody = typeof value === 'string' || (typeof value === 'object' && value !== null);
  return isBody && !Array.isArray(value) ? { status: 200, headers: {}, body: value } : value;
}

function verdictOf(value) {
  if (value === undefined || value === true) return { status: 101, headers: {} };
  if (value === false) return { status: 403, headers: {}, body: 'forbidden\n' };
  if (!isPlain(value) || value.status !== undefined) return replyOf(value);
  return { ...value, status: 101, headers: fieldsOf(value.headers) };
}

const isThenable = (value) =>
  typeof value === 'object' && value !== null && typeof value.then === 'function';

// A promise of what `finish` makes of a value, or of what a promise is fulfilled with.
function after(value, finish) {
  return isThenable(value) ? Promise.resolve(value).then(finish) : Promise.resolve(finish(value));
}

function forgotten({ name }) {
  return new TypeError(
    `${name === '' ? 'A function' : `The function ${name}`} of server.use returned nothing and did `
      + 'not call next(): return a reply, or next()',
  );
}

// One function around the others. `inside` runs those, and returns a promise of their reply.
function around(fn, req, inside) {
  let rest;
  let returned = false;
  let done = false;
  // Whoever is answered already hears no more of what went wrong inside.
  const guard = () => rest.catch((error) => {
    if (done) report(error, req);
  });
  const next = () => {
    if (rest !== undefined) throw new Error('next() was called twice');
    rest = inside();
    if (returned) guard();
    return rest;
  };
  try {
    const value = fn(req, next);
    // It only goes on.
    if (value !== undefined && value === rest) return rest;
    return after(value, (reply) => {
      if (reply === undefined && rest === undefined) throw forgotten(fn);
      if (reply === undefined) return rest;
      done = true;
      return replyOf(reply);
    });
  } finally {
    returned = true;
    if (rest !== undefined) guard();
  }
}

/**
 * Calls functions inside of each other, and last what is to serve the request. `steps` has for each
 * its function, its `req.params`, and its number among the routes. `offers` are the subprotocols of
 * an opening handshake; `otherwise` is the reply if there is none.
 */
export function run(req, steps, offers, otherwise) {
  const last = steps.length - 3;
  const step = (at) => {
    const fn = steps[at];
    begin(req, steps[at + 1], steps[at + 2]);
    try {
      if (at < last) return around(fn, req, () => step(at + 3));
      return offers === undefined
        ? after(fn?.(req), (value) => replyOf(value, otherwise))
        : after(fn?.(req, offers), verdictOf);
    } catch (error) {
      return Promise.reject(error);
    }
  };
  return step(0);
}
