// http_routes: functions that `server.use` puts around handlers. Loaded when the first is called.

import { begin, report } from 'ops:internal:http_routes';

const isPlain = (value) => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

function fieldsOf(headers) {
  const fields = {};
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

/**
 * Calls functions inside of each other, and last what is to serve the request. `steps` has for each
 * its function, its `req.params`, and its number among the routes. `offers` are the subprotocols of an opening handshake;
 * `otherwise` is the reply if there is none.
 */
export function run(req, steps, offers, otherwise) {
  const last = steps.length - 3;
  const step = async (at) => {
    const fn = steps[at];
    begin(req, steps[at + 1], steps[at + 2]);
    if (at === last) {
      return offers === undefined
        ? replyOf(await fn?.(req), otherwise)
        : verdictOf(await fn?.(req, offers));
    }
    let rest;
    let done = false;
    const next = () => {
      if (rest) throw new Error('next() was called twice');
      rest = step(at + 3);
      rest.catch((error) => {
        if (done) report(error, req);
      });
      return rest;
    };
    const value = await fn(req, next);
    if (value !== undefined) {
      done = true;
      return replyOf(value);
    }
    if (rest) return rest;
    const name = fn.name === '' ? 'A function' : `The function ${fn.name}`;
    throw new TypeError(
      `${name} of server.use returned nothing and did not call next(): return a reply, or next()`,
    );
  };
  return step(0);
}
