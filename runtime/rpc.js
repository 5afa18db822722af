// krandog:rpc: calls over a WebSocket, in both directions.
// JSON-RPC 2.0, https://www.jsonrpc.org/specification; calls are called off as in the Language Server
// Protocol, by `$/cancelRequest`.

import { checkFunction, checkString, wrongType } from 'internal:errors';
import { readCall, readRpc } from 'ops:krandog:rpc';

const CANCEL = '$/cancelRequest';
const [CONNECTING, OPEN, CLOSED] = [0, 1, 3];

/**
 * What went wrong with a call. `code` is a number where the other side says so, and a string such as
 * `ERR_RPC_TIMEOUT` where this one does.
 */
export class RpcError extends Error {
  static PARSE_ERROR = -32700;
  static INVALID_REQUEST = -32600;
  static METHOD_NOT_FOUND = -32601;
  static INVALID_PARAMS = -32602;
  static INTERNAL_ERROR = -32603;
  static BUSY = -32000;
  static CANCELLED = -32800;

  constructor(code, message, data) {
    super(message);
    this.code = code;
    if (data !== undefined) this.data = data;
  }
}

for (const [name, value] of [['name', 'RpcError'], ['code', RpcError.INTERNAL_ERROR]]) {
  Object.defineProperty(RpcError.prototype, name, { value, writable: true, configurable: true });
}

// A number that is too large for one would come back as null.
const isId = (id) => typeof id === 'string' || Number.isFinite(id) || id === null;

const isObject = (value) => typeof value === 'object' && value !== null;

// A reply that says what was wrong.
function failure(id, code, message, data) {
  return JSON.stringify({ jsonrpc: '2.0', error: { code, message, data }, id });
}

// What a method has returned, for the other side.
function success(id, result) {
  const json = JSON.stringify(result ?? null);
  if (json === undefined) {
    const what = typeof result === 'object' ? 'an object without any' : `a ${typeof result}`;
    throw new TypeError(`a method must return what has JSON, not ${what}`);
  }
  return `{"jsonrpc":"2.0","result":${json},"id":${JSON.stringify(id)}}`;
}

// What a method threw, for the other side: a stranger, who learns only what was meant for it.
function failureOf(id, error, method) {
  let shown = error;
  if (error instanceof RpcError && Number.isInteger(error.code)) {
    try {
      return failure(id, error.code, error.message, error.data);
    } catch (unspeakable) {
      shown = unspeakable;
    }
  }
  console.error(`The method ${method} failed:`, shown);
  return failure(id, RpcError.INTERNAL_ERROR, 'internal error');
}

// A map has its methods elsewhere, and so has an instance of a class.
function entriesOf(methods) {
  const entries = Object.entries(methods);
  const prototype = Object.getPrototypeOf(methods);
  if (entries.length === 0 && prototype !== null && prototype !== Object.prototype) {
    throw wrongType('option methods', 'an object whose own properties are functions', methods);
  }
  return entries;
}

// JSON-RPC 2.0 4.2: parameters have names or places, and may be left out.
function checkParams(params) {
  if (params === undefined || params === null || isObject(params)) return;
  throw wrongType('params', 'an array or an object, such as [value]', params);
}

/** One end of a socket. */
export class Rpc {
  #ws;
  #methods = new Map();
  #timeout;
  #maxPending;
  #maxRunning;
  #ids = 0;
  // Calls of this side that wait for an answer, by id.
  #pending = new Map();
  // Calls of the other side that wait for one, by id: what calls them off.
  #running = new Map();
  // Methods that have not come to their end, also those that were called off.
  #busy = 0;
  // What was said before there was a connection.
  #early = [];
  // Counts connections: an answer is for whoever has asked.
  #era = 0;

  constructor(ws, options) {
    if (!(ws instanceof WebSocket)) throw wrongType('ws', 'a WebSocket', ws);
    this.#ws = ws;
    let methods;
    [methods, this.#timeout, this.#maxPending, this.#maxRunning] = readRpc(options);
    for (const [name, method] of entriesOf(methods ?? {})) this.handle(name, method);
    if (ws.readyState === CLOSED) return;
    ws.addEventListener('message', ({ data }) => this.receive(data));
    ws.addEventListener('close', ({ code, reason }) => {
      this.#early = [];
      this.#lost(`the socket closed with ${code}${reason && `: ${reason}`}`, () => true);
    });
    ws.addEventListener('reconnecting', () => {
      this.#lost('the connection was lost before an answer came', ({ sent }) => sent);
    });
    for (const name of ['open', 'reconnected']) ws.addEventListener(name, () => this.#opened());
  }

  get ws() {
    return this.#ws;
  }

  // How many calls of this side wait for an answer.
  get pending() {
    return this.#pending.size;
  }

  // How many methods of this side are at work.
  get running() {
    return this.#busy;
  }

  // Says what a method does, in place of what it did; `null` takes it away.
  handle(name, method) {
    checkString(name, 'name');
    if (method === null) {
      this.#methods.delete(name);
      return this;
    }
    checkFunction(method, `methods.${name}`);
    this.#methods.set(name, method);
    return this;
  }

  // Calls a method of the other side. Resolves with what it returns.
  async call(method, params, options) {
    checkString(method, 'method');
    checkParams(params);
    const [timeout = this.#timeout, signal] = readCall(options);
    signal?.throwIfAborted();
    if (this.#pending.size >= this.#maxPending) {
      const message = `${this.#pending.size} calls wait for an answer already (option maxPending)`;
      throw new RpcError('ERR_RPC_BUSY', message);
    }
    this.#ids += 1;
    const id = this.#ids;
    // What cannot be sent is told before anything waits for it.
    const text = JSON.stringify({ jsonrpc: '2.0', method, params: params ?? undefined, id });
    const { promise, resolve, reject } = Promise.withResolvers();
    const call = { sent: false, timer: undefined, settle: undefined };
    const callOff = () => this.#callOff(id, signal.reason);
    call.settle = (error, value) => {
      this.#pending.delete(id);
      clearTimeout(call.timer);
      signal?.removeEventListener('abort', callOff);
      if (error === undefined) resolve(value);
      else reject(error);
    };
    this.#pending.set(id, call);
    signal?.addEventListener('abort', callOff, { once: true });
    if (timeout > 0) {
      call.timer = setTimeout(() => {
        const message = `${method} was not answered after ${timeout} ms (option timeout)`;
        this.#callOff(id, new RpcError('ERR_RPC_TIMEOUT', message));
      }, timeout);
    }
    if (!this.#send(text, call)) {
      call.settle(new RpcError('ERR_RPC_CLOSED', `${method} was not sent: the socket is closing`));
    }
    return promise;
  }

  // Tells the other side something, and waits for no answer. True if that was sent, or will be.
  notify(method, params) {
    checkString(method, 'method');
    checkParams(params);
    return this.#send(JSON.stringify({ jsonrpc: '2.0', method, params: params ?? undefined }));
  }

  // A message of the socket; false if it is none of this protocol.
  receive(data) {
    if (typeof data !== 'string') return false;
    const era = this.#era;
    const answer = (reply) => {
      if (reply !== undefined && era === this.#era) this.#send(reply);
    };
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      answer(failure(null, RpcError.PARSE_ERROR, 'this is not JSON'));
      return false;
    }
    if (Array.isArray(message)) this.#takeBatch(message, answer);
    else this.#take(message, answer);
    return true;
  }

  // All answers of a batch go together.
  #takeBatch(batch, answer) {
    if (batch.length === 0 || batch.length > this.#maxRunning) {
      const text = `a batch has 1 to ${this.#maxRunning} messages, not ${batch.length}`;
      answer(failure(null, RpcError.INVALID_REQUEST, text));
      return;
    }
    const replies = [];
    let waits = batch.length;
    const done = (reply) => {
      if (reply !== undefined) replies.push(reply);
      waits -= 1;
      if (waits === 0 && replies.length > 0) answer(`[${replies.join(',')}]`);
    };
    for (const message of batch) this.#take(message, done);
  }

  // One message. `done` is called once: with the text of a reply, or without if none is due.
  #take(message, done) {
    const { jsonrpc, method, params, id } = isObject(message) ? message : {};
    const isCall = isObject(message) && Object.hasOwn(message, 'id');
    if (jsonrpc === '2.0' && isCall && method === undefined
      && (Object.hasOwn(message, 'result') || Object.hasOwn(message, 'error'))) {
      this.#hear(message);
      done();
      return;
    }
    if (jsonrpc !== '2.0' || typeof method !== 'string' || (isCall && !isId(id))
      || (params !== undefined && !isObject(params))) {
      const to = isCall && isId(id) ? id : null;
      done(failure(to, RpcError.INVALID_REQUEST, 'this is no request of JSON-RPC 2.0'));
      return;
    }
    if (method === CANCEL) {
      this.#running.get(params?.id)?.abort(new RpcError(RpcError.CANCELLED, 'called off'));
      done(isCall ? JSON.stringify({ jsonrpc: '2.0', result: null, id }) : undefined);
      return;
    }
    const refusal = this.#refusal(method, isCall, id);
    if (refusal !== undefined) done(isCall ? refusal : undefined);
    else this.#run(method, params, isCall, id, done);
  }

  // What a call of this side has come to.
  #hear({ id, result, error }) {
    const call = this.#pending.get(id);
    if (call === undefined) return;
    if (error === undefined || error === null) {
      call.settle(undefined, result);
      return;
    }
    const code = Number.isInteger(error.code) ? error.code : RpcError.INTERNAL_ERROR;
    // It need not be the text that it should be, and then it may be an object without one.
    const text = typeof error.message === 'string' ? error.message : 'no message';
    call.settle(new RpcError(code, text, error.data));
  }

  #refusal(method, isCall, id) {
    if (!this.#methods.has(method)) {
      return failure(id, RpcError.METHOD_NOT_FOUND, `there is no method ${method.slice(0, 64)}`);
    }
    if (this.#busy >= this.#maxRunning) {
      return failure(id, RpcError.BUSY, `${this.#busy} methods are at work already`);
    }
    return isCall && this.#running.has(id)
      ? failure(id, RpcError.INVALID_REQUEST, 'a call with this id waits for its answer')
      : undefined;
  }

  async #run(method, params, isCall, id, done) {
    const controller = new AbortController();
    const { signal } = controller;
    if (isCall) this.#running.set(id, controller);
    this.#busy += 1;
    const calledOff = new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    const facts = { signal, rpc: this, ws: this.#ws };
    const work = (async () => this.#methods.get(method)(params, facts))();
    const ended = () => {
      this.#busy -= 1;
    };
    work.then(ended, ended);
    let reply;
    try {
      const result = await Promise.race([work, calledOff]);
      if (isCall) reply = success(id, result);
    } catch (error) {
      const failed = failureOf(id ?? null, error, method);
      if (isCall) reply = failed;
    }
    if (this.#running.get(id) === controller) this.#running.delete(id);
    done(reply);
  }

  // True if it was sent, or will be when there is a connection.
  #send(text, call) {
    const { readyState } = this.#ws;
    if (readyState === CONNECTING) {
      if (this.#early.length >= this.#maxPending) return false;
      this.#early.push({ text, call });
      return true;
    }
    if (readyState !== OPEN || this.#ws.send(text) === false) return false;
    if (call) call.sent = true;
    return true;
  }

  #opened() {
    for (const { text, call } of this.#early.splice(0)) this.#send(text, call);
  }

  #callOff(id, reason) {
    const call = this.#pending.get(id);
    call.settle(reason);
    if (call.sent) this.notify(CANCEL, { id });
    else this.#early = this.#early.filter((early) => early.call !== call);
  }

  // Nobody will answer these any more, and nobody waits for answers of this side.
  #lost(why, isLost) {
    this.#era += 1;
    const reason = new RpcError('ERR_RPC_CLOSED', why);
    for (const call of [...this.#pending.values()].filter(isLost)) call.settle(reason);
    const gone = new RpcError(RpcError.CANCELLED, why);
    for (const controller of [...this.#running.values()]) controller.abort(gone);
    this.#running.clear();
  }
}

export default { Rpc, RpcError };
