// dgram: sockets of datagrams (UDP).
//
// Spec: https://nodejs.org/api/dgram.html
// Left out: sockets of file descriptors.

import { Buffer } from 'buffer';
import { EventEmitter } from 'events';
import {
  checkFunction, checkInteger, checkNumber, checkString, coded, missing, wrongType,
} from 'internal:errors';
import { isIP } from 'net';
import * as native from 'ops:dgram';
import { nextTick } from 'ops:process';

const { load } = native;
const UNBOUND = 0;
const BINDING = 1;
const BOUND = 2;
const CONNECTING = 1;
const CONNECTED = 2;

native.told({
  buffer: Buffer.prototype,
  message(socket, bytes, address, port, isV6) {
    if (socket._blocks(address)) return;
    socket.emit('message', bytes, {
      address, family: isV6 ? 'IPv6' : 'IPv4', port, size: bytes.length,
    });
  },
  failed(socket, error) {
    socket.emit('error', error);
  },
});

function notRunning() {
  return coded(Error, 'ERR_SOCKET_DGRAM_NOT_RUNNING', 'Not running');
}

function portOf(port, allowZero = true) {
  const { portOf: check } = load('internal:net_connect');
  const number = check(port, 'Port');
  if (number === 0 && !allowZero) {
    throw coded(RangeError, 'ERR_SOCKET_BAD_PORT', 'Port should be > 0 and < 65536. Received type number (0).');
  }
  return number;
}

export class Socket extends EventEmitter {
  #handle = null;
  #state = UNBOUND;
  #connection = UNBOUND;
  #queue = null;
  #options;
  #lookup;
  #referenced = true;
  #closed = false;

  constructor(type, listener) {
    super();
    const options = typeof type === 'object' && type !== null ? type : { type };
    if (options.type !== 'udp4' && options.type !== 'udp6') {
      throw coded(TypeError, 'ERR_SOCKET_BAD_TYPE', 'Bad socket type specified. Valid types are: udp4, udp6');
    }
    if (options.lookup !== undefined) checkFunction(options.lookup, 'lookup');
    for (const name of ['recvBufferSize', 'sendBufferSize']) {
      if (options[name] !== undefined) checkInteger(options[name], `options.${name}`);
    }
    this.type = options.type;
    this.#options = options;
    this.#lookup = options.lookup ?? ((host, wish, done) => load('dns').lookup(host, wish, done));
    if (listener !== undefined) this.on('message', listener);
    const { signal } = options;
    if (signal !== undefined) {
      load('internal:errors').checkSignal(signal, 'options.signal');
      const end = () => this.close();
      if (signal.aborted) nextTick(end);
      else {
        signal.addEventListener('abort', end, { once: true });
        this.once('close', () => signal.removeEventListener('abort', end));
      }
    }
  }

  get #isV6() {
    return this.type === 'udp6';
  }

  #check() {
    if (this.#closed) throw notRunning();
  }

  #bound() {
    this.#check();
    if (this.#handle === null) throw Object.assign(new Error('bind EBADF'), { code: 'EBADF', errno: -9, syscall: 'bind' });
    return this.#handle;
  }

  _blocks(address) {
    return Boolean(this.#options.receiveBlockList?.check(address, this.#isV6 ? 'ipv6' : 'ipv4'));
  }

  /** Finds the address of a name; texts that are addresses need nobody to be asked. */
  #find(host, done) {
    const given = host || (this.#isV6 ? '::1' : '127.0.0.1');
    if (isIP(given) === (this.#isV6 ? 6 : 4)) {
      nextTick(done, null, given);
      return;
    }
    this.#lookup(given, { family: this.#isV6 ? 6 : 4 }, done);
  }

  // bind(port?, address?, callback?) and bind(options, callback?)
  bind(...given) {
    this.#check();
    if (this.#state !== UNBOUND) {
      throw coded(Error, 'ERR_SOCKET_ALREADY_BOUND', 'Socket is already bound');
    }
    const callback = given.find((value) => typeof value === 'function');
    const [first, second] = given.filter((value) => typeof value !== 'function');
    const options = typeof first === 'object' && first !== null
      ? first : { port: first, address: second };
    if (options.fd !== undefined) {
      throw load('internal:errors').wrongValue('options.fd', options.fd, 'is not supported');
    }
    const port = options.port === undefined || options.port === null ? 0 : portOf(options.port);
    this.#state = BINDING;
    if (callback) {
      const listening = () => {
        this.removeListener('error', failed);
        callback.call(this);
      };
      const failed = () => this.removeListener('listening', listening);
      this.once('listening', listening);
      this.once('error', failed);
    }
    this.#find(options.address || (this.#isV6 ? '::' : '0.0.0.0'), (error, address) => {
      if (this.#state !== BINDING) return;
      if (error) {
        this.#failToBind(error);
        return;
      }
      const { reuseAddr, reusePort, ipv6Only, recvBufferSize, sendBufferSize } = this.#options;
      try {
        this.#handle = native.bind({
          address, port, reuseAddr, reusePort, ipv6Only, recvBufferSize, sendBufferSize,
        }, this);
      } catch (thrown) {
        this.#failToBind(thrown);
        return;
      }
      this.#state = BOUND;
      if (!this.#referenced) native.reference(this.#handle, false);
      this.emit('listening');
      const queue = this.#queue ?? [];
      this.#queue = null;
      for (const work of queue) work();
    });
    return this;
  }

  /** Does something once the socket is bound, which it is to some port if nobody has said to which. */
  #whenBound(work) {
    if (this.#state === BOUND) {
      work();
      return;
    }
    if (this.#state === UNBOUND) this.bind({ port: 0 });
    this.#queue ??= [];
    this.#queue.push(work);
  }

  connect(port, address, callback) {
    let [host, done] = [address, callback];
    if (typeof host === 'function') [host, done] = [undefined, host];
    const number = portOf(port, false);
    this.#check();
    if (this.#connection !== UNBOUND) {
      throw coded(Error, 'ERR_SOCKET_DGRAM_IS_CONNECTED', 'Already connected');
    }
    this.#connection = CONNECTING;
    this.#whenBound(() => {
      if (done) this.once('connect', done);
      this.#find(host, (error, found) => {
        if (this.#closed) return;
        let failure = error;
        try {
          if (!error) native.connect(this.#handle, number, found);
        } catch (thrown) {
          failure = thrown;
        }
        if (!failure) {
          this.#connection = CONNECTED;
          nextTick(() => this.emit('connect'));
          return;
        }
        this.#connection = UNBOUND;
        if (done) this.removeListener('connect', done);
        nextTick(() => (done ? done(failure) : this.emit('error', failure)));
      });
    });
  }

  disconnect() {
    this.#check();
    if (this.#connection !== CONNECTED) {
      throw coded(Error, 'ERR_SOCKET_DGRAM_NOT_CONNECTED', 'Not connected');
    }
    native.disconnect(this.#handle);
    if (!this.#referenced) native.reference(this.#handle, false);
    this.#connection = UNBOUND;
  }

  /** send(msg, offset?, length?, port?, address?, callback?) */
  send(message, ...given) {
    this.#check();
    const callback = given.findLast((value) => typeof value === 'function');
    const others = given.slice(0, callback ? given.lastIndexOf(callback) : undefined);
    const isConnected = this.#connection !== UNBOUND;
    let [offset, length] = [];
    const hasRange = isConnected
      ? others.length >= 2 && typeof others[1] === 'number'
      : others.length >= 3 && typeof others[1] === 'number' && typeof others[2] !== 'function';
    if (hasRange) [offset, length] = others.splice(0, 2);
    const [port, address] = others;
    const bytes = bytesOf(message, offset, length);
    if (isConnected && hasRange && port !== undefined && port !== null) {
      throw coded(Error, 'ERR_SOCKET_DGRAM_IS_CONNECTED', 'Already connected');
    }
    const number = isConnected ? 0 : portOf(port, false);
    if (address !== undefined && address !== null && typeof address !== 'function') {
      checkString(address, 'address');
    }
    this.#whenBound(() => {
      if (isConnected) {
        this.#put(bytes, 0, '', callback);
        return;
      }
      this.#find(address, (error, found) => {
        if (error) this.#sent(error, 0, callback);
        else this.#put(bytes, number, found, callback);
      });
    });
  }

  #put(bytes, port, address, callback) {
    if (this.#handle === null) return;
    if (address && this.#options.sendBlockList?.check(address, this.#isV6 ? 'ipv6' : 'ipv4')) {
      this.#sent(coded(Error, 'ERR_IP_BLOCKED', `IP(${address}) is blocked by net.BlockList`), 0, callback);
      return;
    }
    let failure = null;
    try {
      native.send(this.#handle, bytes, port, address);
    } catch (error) {
      failure = error;
    }
    this.#sent(failure, bytes.length, callback);
  }

  #sent(error, length, callback) {
    if (callback) nextTick(() => (error ? callback(error) : callback(null, length)));
    else if (error) nextTick(() => this.emit('error', error));
  }

  close(callback) {
    if (typeof callback === 'function') this.on('close', callback);
    this.#check();
    const end = () => {
      if (this.#closed) return;
      this.#closed = true;
      if (this.#handle !== null) native.close(this.#handle);
      this.#handle = null;
      this.#state = UNBOUND;
      nextTick(() => this.emit('close'));
    };
    // What waits for a port is sent first.
    if (this.#queue !== null) this.#queue.push(() => nextTick(end));
    else end();
    return this;
  }

  #addressOf(isPeer) {
    const [address, port, isV6] = native.addressOf(this.#bound(), isPeer);
    return { address, family: isV6 ? 'IPv6' : 'IPv4', port };
  }

  address() {
    this.#check();
    if (this.#handle === null) throw Object.assign(new Error('getsockname EBADF'), { code: 'EBADF', errno: -9, syscall: 'getsockname' });
    return this.#addressOf(false);
  }

  remoteAddress() {
    this.#check();
    if (this.#connection !== CONNECTED) {
      throw coded(Error, 'ERR_SOCKET_DGRAM_NOT_CONNECTED', 'Not connected');
    }
    return this.#addressOf(true);
  }

  setBroadcast(wanted) {
    native.set(this.#bound(), 'broadcast', Boolean(wanted));
  }

  setTTL(ttl) {
    return this.#ttl('ttl', ttl);
  }

  setMulticastTTL(ttl) {
    return this.#ttl('multicastTtl', ttl);
  }

  #ttl(name, ttl) {
    checkNumber(ttl, 'ttl');
    if (!Number.isInteger(ttl) || ttl < (name === 'ttl' ? 1 : 0) || ttl > 255) {
      throw Object.assign(new Error(`${name === 'ttl' ? 'setTTL' : 'setMulticastTTL'} EINVAL`), {
        code: 'EINVAL', errno: -22, syscall: name === 'ttl' ? 'setTTL' : 'setMulticastTTL',
      });
    }
    native.set(this.#bound(), name, ttl);
    return ttl;
  }

  setMulticastLoopback(wanted) {
    native.set(this.#bound(), 'multicastLoopback', Boolean(wanted));
    return wanted;
  }

  setMulticastInterface(address) {
    checkString(address, 'interfaceAddress');
    native.set(this.#bound(), 'multicastInterface', address);
  }

  addMembership(group, address) {
    this.#member(true, group, address);
  }

  dropMembership(group, address) {
    this.#member(false, group, address);
  }

  #member(joins, group, address) {
    this.#check();
    if (!group) throw missing('multicastAddress');
    // A group may be joined before there is a port, which is any then.
    if (this.#state === UNBOUND) {
      this.bind({ port: 0 });
      this.#queue ??= [];
    }
    const work = () => native.member(this.#handle, joins, group, address ?? '', '');
    if (this.#state === BOUND) {
      work();
      return;
    }
    this.#queue.push(() => {
      try {
        work();
      } catch (error) {
        this.emit('error', error);
      }
    });
  }

  /** What has waited for the port is given up, and the socket may be bound again. */
  #failToBind(error) {
    this.#state = UNBOUND;
    this.#queue = null;
    this.emit('error', error);
  }

  addSourceSpecificMembership(source, group, address) {
    checkString(source, 'sourceAddress');
    checkString(group, 'groupAddress');
    native.member(this.#bound(), true, group, address ?? '', source);
  }

  dropSourceSpecificMembership(source, group, address) {
    checkString(source, 'sourceAddress');
    checkString(group, 'groupAddress');
    native.member(this.#bound(), false, group, address ?? '', source);
  }

  #buffer(isReceive, size) {
    if (this.#handle === null) {
      throw Object.assign(
        coded(Error, 'ERR_SOCKET_BUFFER_SIZE', 'Could not get or set buffer size: uv_buffer_size returned EBADF (bad file descriptor)'),
        { name: 'SystemError' },
      );
    }
    if (size !== undefined && (!Number.isInteger(size) || size < 1 || size > 2 ** 31 - 1)) {
      throw coded(TypeError, 'ERR_SOCKET_BAD_BUFFER_SIZE', 'Buffer size must be a positive integer');
    }
    return native.bufferSize(this.#handle, isReceive, size);
  }

  getRecvBufferSize() { return this.#buffer(true); }

  getSendBufferSize() { return this.#buffer(false); }

  setRecvBufferSize(size) { this.#buffer(true, size ?? NaN); }

  setSendBufferSize(size) { this.#buffer(false, size ?? NaN); }

  getSendQueueSize() { return this.#handle === null ? 0 : native.waiting(this.#handle)[0]; }

  getSendQueueCount() { return this.#handle === null ? 0 : native.waiting(this.#handle)[1]; }

  ref() {
    this.#referenced = true;
    if (this.#handle !== null) native.reference(this.#handle, true);
    return this;
  }

  unref() {
    this.#referenced = false;
    if (this.#handle !== null) native.reference(this.#handle, false);
    return this;
  }

  async [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]() {
    if (this.#closed) return;
    await new Promise((resolve) => { this.close(resolve); });
  }
}

const KINDS = 'of type string or an instance of Buffer, TypedArray, or DataView';

function viewOf(value, name) {
  if (typeof value === 'string') return Buffer.from(value);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw wrongType(name, KINDS, value);
}

function bytesOf(message, offset, length) {
  if (Array.isArray(message)) return Buffer.concat(message.map((part) => viewOf(part, 'buffer list arguments')));
  const view = viewOf(message, 'buffer');
  if (offset === undefined) return view;
  if (offset > view.length) {
    throw coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
  }
  if (offset + length > view.length) {
    throw coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
  }
  return view.subarray(offset, offset + length);
}

export function createSocket(type, listener) {
  return new Socket(type, listener);
}

export default { Socket, createSocket };
