// What sockets need to connect, to fail and to wait: loaded with the first that does.

import { Buffer } from 'buffer';
import {
  checkFunction, checkInteger, checkNumber, coded, missing, outOfRange, wrongType, wrongValue,
} from 'internal:errors';
import { Socket, families, kHandle, kReady, kReferenced } from 'internal:net_socket';
import { Duplex } from 'internal:stream_duplex';
import { isIP, load, connect as start, read, reference } from 'ops:internal:net_connect';
import { nextTick } from 'ops:process';

const TIMEOUT_MAX = 2 ** 31 - 1;

/** `(options, listener?)`, `(path, listener?)` or `(port, host?, listener?)` as options. */
export function argumentsOf(given) {
  const listener = typeof given.at(-1) === 'function' ? given.at(-1) : undefined;
  const [first, second] = given;
  if (typeof first === 'object' && first !== null) return [first, listener];
  const isPath = typeof first === 'string' && !(Number(first) >= 0);
  if (isPath) return [{ path: first }, listener];
  const options = { port: first };
  if (typeof second === 'string') options.host = second;
  return [options, listener];
}

/** A port as Node takes it: a whole number, or the digits of one. */
export function portOf(port, name = 'Port') {
  const number = typeof port === 'number' || typeof port === 'string' ? Number(port) : NaN;
  const isText = typeof port === 'string' && port.trim() === '';
  if (isText || !Number.isInteger(number) || number < 0 || number > 65535) {
    const { inspect } = load('internal:inspect');
    const kind = typeof port === 'string' || typeof port === 'number'
      ? `type ${typeof port} (${inspect(port)})` : String(port);
    const message = `${name} should be >= 0 and < 65536. Received ${kind}.`;
    throw coded(RangeError, 'ERR_SOCKET_BAD_PORT', message);
  }
  return number;
}

function check(options) {
  const { localAddress, localPort, lookup } = options;
  if (localAddress && isIP(localAddress) === 0) {
    throw coded(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${localAddress}`);
  }
  if (localPort !== undefined) {
    checkNumber(localPort, 'options.localPort');
    portOf(localPort, 'options.localPort');
  }
  if (lookup !== undefined) checkFunction(lookup, 'options.lookup');
  if (options.path !== undefined && options.path !== null) {
    if (typeof options.path !== 'string') {
      throw wrongType('options.path', 'of type string', options.path);
    }
    return;
  }
  const { port, host } = options;
  if (port === undefined || port === null) {
    throw Object.assign(missing('options', 'port', 'path'), {
      message: 'The "options" or "port" or "path" argument must be specified',
    });
  }
  if (typeof port !== 'number' && typeof port !== 'string') {
    throw wrongType('options.port', 'one of type number or string', port);
  }
  portOf(port);
  if (host !== undefined && host !== null && typeof host !== 'string') {
    throw wrongType('options.host', 'of type string', host);
  }
}

/** `socket.connect(...)` */
export function connect(socket, given) {
  const [options, listener] = argumentsOf(given);
  check(options);
  if (socket.destroyed) socket._renew();
  socket.connecting = true;
  if (listener !== undefined) socket.once('connect', listener);
  if (socket.timeout) socket.setTimeout(socket.timeout);
  if (options.path) {
    begin(socket, { path: options.path });
    return socket;
  }
  const host = options.host || 'localhost';
  const port = portOf(options.port);
  socket._host = host;
  const way = {
    host, port, localAddress: options.localAddress, localPort: options.localPort,
  };
  if (isIP(host)) nextTick(reach, socket, way, [host], options);
  else lookUp(socket, host, way, options);
  return socket;
}

function lookUp(socket, host, way, options) {
  const { auto } = families;
  const family = Number(options.family) || 0;
  const wantsAll = (options.autoSelectFamily ?? auto) && family === 0 && !options.localAddress;
  if (options.autoSelectFamily !== undefined && typeof options.autoSelectFamily !== 'boolean') {
    throw wrongType('options.autoSelectFamily', 'of type boolean', options.autoSelectFamily);
  }
  const lookup = options.lookup ?? load('dns').lookup;
  const wish = { family, hints: options.hints || 0 };
  if (wantsAll) wish.all = true;
  lookup(host, wish, (error, found, kind) => {
    const all = Array.isArray(found) ? found : [{ address: found, family: kind }];
    for (const one of error ? [{}] : all) {
      socket.emit('lookup', error, one.address, one.family, host);
    }
    if (!socket.connecting) return;
    if (error) {
      nextTick(() => socket.destroy(error));
      return;
    }
    const addresses = all.map(({ address }) => address).filter((address) => isIP(address));
    if (addresses.length === 0) {
      const shown = all[0]?.address;
      nextTick(() => socket.destroy(
        coded(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${shown}`),
      ));
      return;
    }
    reach(socket, way, addresses, options);
  });
}

/** Connects to addresses that are known. */
function reach(socket, way, addresses, { blockList }) {
  if (!socket.connecting) return;
  const allowed = addresses.filter((ip) => !blockList?.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4'));
  if (allowed.length === 0) {
    const message = `IP(${addresses[0]}) is blocked by net.BlockList`;
    socket.destroy(coded(Error, 'ERR_IP_BLOCKED', message));
    return;
  }
  begin(socket, { ...way, addresses: allowed.flatMap((ip) => [ip, way.port]) });
}

function begin(socket, spec) {
  const { tls } = socket._tlsSpec?.(spec.host) ?? {};
  try {
    socket[kHandle] = start(tls === undefined ? spec : { ...spec, tls }, socket);
  } catch (error) {
    nextTick(() => socket.destroy(error));
    return;
  }
  if (!socket[kReferenced]) reference(socket[kHandle], false);
}

/** An exception of a failed system call, as Node makes them. */
function systemError(message, code, errno, syscall) {
  const error = new Error(message);
  if (errno !== undefined) error.errno = errno;
  error.code = code;
  if (syscall !== undefined) error.syscall = syscall;
  return error;
}

function attemptError([code, errno, address, port]) {
  const place = port === undefined ? address : `${address}:${port}`;
  const error = systemError(`connect ${code} ${place}`, code, errno, 'connect');
  error.address = address;
  if (port !== undefined) error.port = port;
  return error;
}

/** What the host says of a connection that is over, as an exception. */
export function faultOf({ code, message, errno, syscall, attempts }) {
  if (attempts.length === 1) return attemptError(attempts[0]);
  if (attempts.length > 1) {
    const errors = attempts.map(attemptError);
    return Object.assign(new AggregateError(errors), { code: errors[0].code });
  }
  return systemError(message, code, errno, syscall);
}

/** Option `onread`: chunks go into one buffer, and to a function, which may have the rest wait. */
export function readInto(socket, onread, chunk) {
  const { buffer, callback } = onread;
  for (let at = 0; at < chunk.length && !socket.destroyed;) {
    const into = typeof buffer === 'function' ? buffer() : buffer;
    const part = chunk.subarray(at, at + into.length);
    into.set(part);
    at += part.length;
    if (callback.call(socket, part.length, into) === false) {
      onread.rest = chunk.subarray(at);
      socket.pause();
      return;
    }
  }
}

/** A socket whose chunks go past the stream: it pauses and resumes by itself. */
export function flowInto(socket, onread) {
  const wants = (wanted) => {
    if (socket[kHandle] !== null && !socket.connecting) read(socket[kHandle], wanted);
  };
  socket.pause = function pause() {
    wants(false);
    return Duplex.prototype.pause.call(this);
  };
  socket.resume = function resume() {
    Duplex.prototype.resume.call(this);
    const { rest } = onread;
    onread.rest = undefined;
    if (rest?.length > 0) readInto(this, onread, rest);
    if (this.isPaused()) return this;
    if (onread.isLast) {
      this.push(null);
      this.read(0);
    } else wants(true);
    return this;
  };
}

/** What emits 'timeout' once nothing has been read or written for so long; null for never. */
export function idleTimer(socket, milliseconds) {
  checkNumber(milliseconds, 'msecs');
  if (!(milliseconds >= 0) || milliseconds === Infinity) {
    throw outOfRange('msecs', 'a non-negative finite number', milliseconds);
  }
  if (milliseconds === 0) return null;
  const wait = Math.min(milliseconds, TIMEOUT_MAX);
  let active = performance.now();
  let timer = null;
  const arm = (after) => {
    timer = setTimeout(expire, after);
    timer.unref();
  };
  function expire() {
    timer = null;
    const left = wait - (performance.now() - active);
    if (left > 0) arm(left);
    else socket.emit('timeout');
  }
  arm(wait);
  return {
    touch() {
      active = performance.now();
      if (timer === null) arm(wait);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** Where a server is to listen, of the arguments of `listen`. */
export function listenOptions(given) {
  const listener = typeof given.at(-1) === 'function' ? given.at(-1) : undefined;
  const others = listener === undefined ? given : given.slice(0, -1);
  let [options] = others;
  if (typeof options === 'object' && options !== null) options = { ...options };
  else if (typeof options === 'string' && !(Number(options) >= 0)) {
    options = { path: options, backlog: Number(others[1]) || undefined };
  } else {
    const host = typeof others[1] === 'string' ? others[1] : undefined;
    const backlog = others.slice(1).find((value) => typeof value === 'number');
    options = { port: options, host, backlog };
  }
  const { port, path, fd } = options;
  if (fd !== undefined) {
    checkInteger(fd, 'options.fd');
    return [{ fd, backlog: options.backlog }, listener];
  }
  if (options.ipv6Only) {
    const message = 'The option ipv6Only is not supported: listen on an address of IPv6';
    throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', message);
  }
  if (path !== undefined && path !== null && port === undefined) {
    if (typeof path !== 'string') throw wrongType('options.path', 'of type string', path);
    return [options, listener];
  }
  if (others.length > 0 && typeof others[0] === 'object' && others[0] !== null
    && !('port' in others[0])) {
    const { inspect } = load('internal:inspect');
    const message = `The argument 'options' must have the property "port" or "path". Received ${
      inspect(others[0])}`;
    throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', message);
  }
  options.port = port === undefined || port === null ? 0 : portOf(port, 'options.port');
  delete options.path;
  return [options, listener];
}

/** Makes the connection that a script wants for a request, which goes out on it once it is there. */
export function connectFor(req, make, options, begin) {
  let isMade = false;
  const made = (error, socket) => {
    if (isMade) return;
    isMade = true;
    if (error) req.destroy(error);
    else take(req, socket, begin);
  };
  const socket = make(options, made);
  if (socket) made(null, socket);
}

/** The socket lets go of its connection. */
function take(req, socket, begin) {
  if (!(socket instanceof Socket)) {
    const reason = 'must return a socket of net or tls';
    req.destroy(wrongValue('options.createConnection', socket, reason));
    return;
  }
  const failed = (error) => req.destroy(error);
  const gone = () => socket.destroy();
  const ready = () => {
    socket.off('error', failed);
    req.off('close', gone);
    const handle = socket[kHandle];
    socket[kHandle] = null;
    if (handle === null) req.destroy(coded(Error, 'ECONNRESET', 'socket hang up'));
    else begin(handle);
  };
  if (socket[kReady]) {
    ready();
    return;
  }
  socket.once('error', failed);
  req.once('close', gone);
  socket.once(socket._readyEvent ?? 'connect', ready);
}

/** Hands the connection of a request over to who listens for that. */
export function upgrade(req, res) {
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  const socket = new Socket({ handle: req._socketHandle, pauseOnCreate: true });
  socket._readableState.flowing = null;
  if (req.protocol === 'https:') socket.encrypted = true;
  req.socket = socket;
  req._over = true;
  clearTimeout(req._timer);
  res.complete = true;
  res.push(null);
  if (!req.emit(event, res, socket, Buffer.alloc(0))) socket.destroy();
  req._writableState.destroyed = true;
  req.emit('close');
}
