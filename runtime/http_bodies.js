// http_bodies: bodies that come and go bit by bit. Loaded when there is the first.

import { coded } from 'internal:errors';
import {
  begin, bodyOf, finish, lastEventId, limit, read, report, signalOf, whenGone, writable,
  write,
} from 'ops:internal:http_bodies';
import { clearInterval, setInterval } from 'timers';

// What a body has instead that knows more of its request: `sse` makes such.
const ATTACH = Symbol.for('krandog.body');

// Whatever yields, as `{ next, stop }`.
function sourceOf(body) {
  if (typeof body.getReader === 'function') {
    const reader = body.getReader();
    return { next: () => reader.read(), stop: (reason) => reader.cancel(reason) };
  }
  const iterator = body[Symbol.asyncIterator]?.() ?? body[Symbol.iterator]();
  return { next: () => iterator.next(), stop: () => iterator.return?.() };
}

// What a source throws while it is stopped goes to nobody.
async function stop(source, req, reason) {
  try {
    await source.stop(reason);
  } catch (error) {
    if (error !== reason) report(error, req);
  }
}

function keepAlive(source, req) {
  if (!source.keepAlive) return undefined;
  const timer = setInterval(() => {
    if (source.isQuiet) write(req, source.comment);
    source.isQuiet = true;
  }, source.keepAlive);
  timer.unref();
  return timer;
}

/** Sends what a body yields as the reply to a request. Rejects if that cannot go on. */
export async function pump(req, body) {
  const source = body[ATTACH]?.({
    lastEventId: lastEventId(req),
    get signal() {
      return req.signal;
    },
  }) ?? sourceOf(body);
  let isOver = false;
  const hasGone = whenGone(req, () => {
    isOver = true;
    const reason = coded(Error, 'ECONNRESET', 'the client has gone');
    stop(source, req, reason);
    if (source.endless) finish(req);
  });
  if (hasGone) return stop(source, req);
  let timer;
  try {
    let hasBegun = false;
    if (source.begins !== undefined) {
      hasBegun = true;
      if (begin(req, source.begins, source.endless) !== true) return await stop(source, req);
      if (source.begins !== '') write(req, source.begins);
      timer = keepAlive(source, req);
    }
    for (;;) {
      const { done, value } = await source.next();
      if (isOver) return undefined;
      if (!hasBegun) {
        hasBegun = true;
        if (begin(req, value) !== true) return await stop(source, req);
      }
      if (done) break;
      const more = write(req, source.encode === undefined ? value : source.encode(value));
      source.isQuiet = false;
      if (more === undefined) return await stop(source, req);
      if (!more) await writable(req);
      if (isOver) return undefined;
    }
    finish(req);
  } catch (error) {
    // Whoever has gone need not hear of it.
    if (isOver) return undefined;
    stop(source, req, error);
    throw error;
  } finally {
    if (timer !== undefined) clearInterval(timer);
  }
  return undefined;
}

/** The body of a request, as it comes. */
export async function* chunks(req) {
  if (limit(req) === undefined) {
    const whole = await read(req);
    if (whole.length > 0) yield whole;
    return;
  }
  for (let chunk = await read(req); chunk !== undefined; chunk = await read(req)) yield chunk;
}

async function collect(req) {
  const most = limit(req);
  if (most === undefined) return read(req);
  const parts = [];
  let length = 0;
  for await (const chunk of chunks(req)) {
    length += chunk.length;
    if (length > most) {
      const error = coded(RangeError, 'ERR_BODY_TOO_LARGE', `the body exceeds ${most} bytes`);
      throw Object.assign(error, { status: 413 });
    }
    parts.push(chunk);
  }
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export async function arrayBuffer(req) {
  return (await collect(req)).buffer;
}

export async function text(req) {
  return new TextDecoder().decode(await collect(req));
}

export async function blob(req) {
  return new Blob([await collect(req)], { type: req.headers['content-type'] ?? '' });
}

export async function formData(req) {
  const type = req.headers['content-type'] ?? '';
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\s*(;|$)/i.test(type)) {
    const error = new TypeError(`the body is no form: its content type is '${type}'`);
    throw Object.assign(error, { status: 415 });
  }
  const body = await collect(req);
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch (error) {
    throw Object.assign(new TypeError('the body is no form', { cause: error }), { status: 400 });
  }
}

/** What is aborted when the client goes. */
export const signal = (req) => signalOf(req);

/** The body as a stream. */
export const stream = (req) => bodyOf(req);
