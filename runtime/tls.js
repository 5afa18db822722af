// tls: sockets of `net` that speak TLS, by rustls.
//
// Spec: https://nodejs.org/api/tls.html
// Left out: sessions and tickets as values, pre-shared keys, OCSP, renegotiation, key logs, and
// `SNICallback`: rustls wants to know all certificates beforehand (`server.addContext`).

import { Server as PlainServer } from 'internal:net_server';
import { Socket, kAdopt, kConnected, kHandle, kReady, kSecured } from 'internal:net_socket';
import { coded, wrongValue } from 'internal:errors';
import * as native from 'ops:tls';
import { nextTick } from 'ops:process';

const { load } = native;

export const DEFAULT_MIN_VERSION = 'TLSv1.2';
export const DEFAULT_MAX_VERSION = 'TLSv1.3';
export const DEFAULT_ECDH_CURVE = 'auto';
export const CLIENT_RENEG_LIMIT = 3;
export const CLIENT_RENEG_WINDOW = 600;

// What rustls does otherwise or not at all, and what would be a hole if it were ignored.
const REFUSED = ['SNICallback', 'ALPNCallback', 'pskCallback', 'crl', 'dhparam', 'ticketKeys', 'secureProtocol'];
const SHARED = ['ca', 'cert', 'key', 'pfx', 'passphrase', 'minVersion', 'maxVersion'];

/** Options as natives take them; `given` may hold a context that others are taken from. */
function specOf(given, names) {
  for (const name of REFUSED) {
    if (given[name] !== undefined) throw wrongValue(`options.${name}`, given[name], 'is not supported');
  }
  const spec = {};
  const from = { ...given.secureContext?.options, ...definedOnly(given) };
  for (const name of [...SHARED, ...names]) {
    if (from[name] !== undefined && from[name] !== null) spec[name] = from[name];
  }
  for (const name of ['cert', 'key', 'pfx']) {
    if (Array.isArray(spec[name])) spec[name] = one(spec, name);
  }
  if (spec.ca?.length === 0 && typeof spec.ca !== 'string') delete spec.ca;
  const { ALPNProtocols: protocols } = given;
  if (protocols !== undefined) spec.protocols = protocolsOf(protocols);
  return spec;
}

function definedOnly(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** Node takes lists, of which rustls wants one; `{ pem, passphrase }` and `{ buf, passphrase }` are two things. */
function one(spec, name) {
  const list = spec[name];
  if (list.length !== 1) {
    throw wrongValue(`options.${name}`, list, 'must be one: more are not supported');
  }
  const [first] = list;
  if (first?.passphrase !== undefined) spec.passphrase ??= first.passphrase;
  return first?.pem ?? first?.buf ?? first;
}

/** A list of names, or what goes over the wire: each with its length in front. */
function protocolsOf(given) {
  const text = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  if (Array.isArray(given)) {
    return given.map((name) => (typeof name === 'string' ? name : text(name)));
  }
  const names = [];
  for (let at = 0; at < given.length; at += given[at] + 1) {
    names.push(text(given.subarray(at + 1, at + 1 + given[at])));
  }
  return names;
}

export class SecureContext {
  constructor(options = {}) {
    this.options = options;
    this.context = {};
  }
}

export function createSecureContext(options = {}) {
  native.checkContext(specOf(options, []), false);
  return new SecureContext(options);
}

export function TLSSocket(socket, options = {}) {
  if (!(this instanceof TLSSocket)) return new TLSSocket(socket, options);
  const { handle, ...others } = options;
  this._readyEvent = 'secure';
  this.encrypted = true;
  this.authorized = false;
  this.authorizationError = null;
  this.alpnProtocol = null;
  this.servername = undefined;
  this.secureConnecting = true;
  this._tls = options;
  this._isServer = Boolean(options.isServer);
  Socket.call(this, { ...others, allowHalfOpen: socket?.allowHalfOpen ?? options.allowHalfOpen });
  if (handle !== undefined) this[kAdopt](handle, options.pauseOnCreate);
  if (socket) wrap(this, socket);
}

Object.setPrototypeOf(TLSSocket.prototype, Socket.prototype);
Object.setPrototypeOf(TLSSocket, Socket);
const proto = TLSSocket.prototype;

/** A connection that speaks TLS from the beginning, or from now on. */
proto[kAdopt] = function adopt(handle, paused) {
  Socket.prototype[kAdopt].call(this, handle, true);
  this[kReady] = false;
  this._paused = paused;
  this._readableState.flowing = null;
};

/** TLS on a socket that is there: its connection becomes that of this one. */
function wrap(socket, plain) {
  if (!(plain instanceof Socket)) {
    throw wrongValue('socket', plain, 'must be a socket of net: TLS over other streams is not supported');
  }
  socket._parent = plain;
  socket.connecting = plain.connecting;
  const begin = () => {
    const unread = plain.read() ?? undefined;
    const handle = plain[kHandle];
    if (handle === null) {
      socket.destroy(coded(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'));
      return;
    }
    plain[kHandle] = null;
    plain.once('close', () => socket.destroy());
    socket.once('close', () => plain.destroy());
    socket.connecting = false;
    socket[kAdopt](handle, false);
    try {
      if (socket._isServer) native.secureServer(handle, serverSpec(socket._tls), unread);
      else native.secureClient(handle, { ...clientSpec(socket._tls), host: hostOf(socket._tls) }, unread);
    } catch (error) {
      nextTick(() => socket.destroy(error));
    }
  };
  if (plain.connecting) plain.once('connect', begin);
  else begin();
}

function hostOf({ servername, host }) {
  return servername || host || 'localhost';
}

function clientSpec(given) {
  const spec = specOf(given, ['servername', 'rejectUnauthorized']);
  if (spec.servername === '') delete spec.servername;
  // A check of one's own comes after the handshake, as does what is only noted.
  if (given.checkServerIdentity !== undefined || spec.rejectUnauthorized === false) {
    spec.checksLater = true;
  }
  return spec;
}

function serverSpec(given) {
  const spec = specOf(given, ['requestCert', 'rejectUnauthorized', 'sni']);
  if (!spec.requestCert) delete spec.rejectUnauthorized;
  return spec;
}

/** What `connect` of `net` is to begin with. */
proto._tlsSpec = function tlsSpec(host) {
  const { host: named, ...given } = this._tls;
  return { tls: clientSpec(given), host: named ?? host };
};

proto[kConnected] = function connected() {
  this.connecting = false;
  this.emit('connect');
};

proto[kSecured] = function secured() {
  const facts = native.facts(this[kHandle]);
  this._facts = facts;
  this.alpnProtocol = facts?.protocol ?? false;
  this.secureConnecting = false;
  if (this._isServer) {
    this.authorized = facts !== undefined && facts.chain.length > 0;
    if (!this.authorized && this._tls.requestCert) {
      this.authorizationError = 'UNABLE_TO_GET_ISSUER_CERT';
    }
  } else {
    this.servername = this._tls.servername || undefined;
    const error = verify(this);
    this.authorized = !error;
    if (error) this.authorizationError = error.code ?? error.message;
    if (error && this._tls.rejectUnauthorized !== false) {
      this.destroy(error);
      return;
    }
  }
  this[kReady] = true;
  this.emit('secure');
  if (!this._isServer) this.emit('secureConnect');
  else this._server?._secured(this);
  if (this._paused) this._readableState.flowing = false;
  else if (this.readable && !this.isPaused()) this.read(0);
};

/** What is wrong with the certificate of the server, if anything is. */
function verify(socket) {
  const { checkServerIdentity: check, rejectUnauthorized } = socket._tls;
  if (check === undefined && rejectUnauthorized !== false) return undefined;
  const host = hostOf(socket._tls);
  try {
    native.checkServer({ ...clientSpec(socket._tls), rejectUnauthorized: true }, host, socket._facts.chain);
  } catch (error) {
    if (check === undefined || error.code !== 'ERR_TLS_CERT_ALTNAME_INVALID') return error;
  }
  return check?.(host, socket.getPeerCertificate(true));
}

proto.getPeerCertificate = function getPeerCertificate(detailed = false) {
  const chain = this._facts?.chain ?? [];
  if (chain.length === 0) return {};
  const all = (detailed ? chain : chain.slice(0, 1)).map((der) => native.certificate(der));
  if (detailed) {
    all.forEach((certificate, at) => {
      certificate.issuerCertificate = all[at + 1] ?? certificate;
    });
  }
  return all[0];
};

proto.getProtocol = function getProtocol() {
  return this._facts?.version ?? null;
};

proto.getCipher = function getCipher() {
  const suite = this._facts?.suite;
  if (suite === undefined) return {};
  const standardName = suite.replace(/^TLS13_/, 'TLS_');
  const name = suite.startsWith('TLS13_') ? standardName : opensslName(standardName);
  return { name, standardName, version: this.getProtocol() };
};

/** As OpenSSL calls suites of TLS 1.2. */
function opensslName(name) {
  return name.replace(/^TLS_/, '').replace('_WITH_', '_').replace(/AES_(\d+)/, 'AES$1')
    .replace('CHACHA20_POLY1305_SHA256', 'CHACHA20_POLY1305').replaceAll('_', '-');
}

proto.isSessionReused = function isSessionReused() {
  return this._facts?.reused ?? false;
};

proto.getX509Certificate = proto.getPeerX509Certificate = function unsupported() {
  throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'X509Certificate is not supported: call getPeerCertificate()');
};

proto.setServername = function setServername(name) {
  this._tls = { ...this._tls, servername: name };
};

proto.disableRenegotiation = function disableRenegotiation() {};

/** `(options, listener?)` or `(port, host?, options?, listener?)` */
export function connect(...given) {
  const listener = typeof given.at(-1) === 'function' ? given.at(-1) : undefined;
  const [first, ...rest] = given.filter((value) => typeof value !== 'function');
  let options = typeof first === 'object' && first !== null ? first : {};
  if (typeof first !== 'object') {
    options = typeof first === 'string' && !(Number(first) >= 0) ? { path: first } : { port: first };
    for (const value of rest) {
      if (typeof value === 'string') options.host = value;
      else if (value) options = { ...options, ...value };
    }
  }
  options = { ...options };
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') options.rejectUnauthorized ??= false;
  const { isIP } = load('net');
  if (options.servername === undefined && options.host && !isIP(options.host)) {
    options.servername = options.host;
  }
  options.host ??= options.socket?._host ?? 'localhost';
  const socket = new TLSSocket(options.socket, options);
  if (listener !== undefined) socket.once('secureConnect', listener);
  if (options.timeout) socket.setTimeout(options.timeout);
  if (options.socket === undefined) Socket.prototype.connect.call(socket, options);
  return socket;
}

export function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  let [given, called] = [options ?? {}, listener];
  if (typeof given === 'function') [given, called] = [{}, given];
  PlainServer.call(this, given);
  this._names = {};
  this._tls = given;
  if (given.cert !== undefined || given.pfx !== undefined || given.secureContext !== undefined) {
    native.checkContext(serverSpec(given), true);
  }
  if (called !== undefined) this.on('secureConnection', called);
}

Object.setPrototypeOf(Server.prototype, PlainServer.prototype);
Object.setPrototypeOf(Server, PlainServer);

Server.prototype._tlsSpec = function tlsSpec() {
  return serverSpec({ ...this._tls, ...(Object.keys(this._names).length > 0 && { sni: this._names }) });
};

Server.prototype._socketOf = function socketOf(options) {
  return new TLSSocket(undefined, { ...options, ...this._tls, isServer: true, handle: options.handle });
};

Server.prototype._greet = function greet(socket) {
  this.emit('connection', socket);
  socket.once('error', (error) => {
    if (!socket.secureConnecting) return;
    this.emit('tlsClientError', error, socket);
  });
  const failed = (had) => {
    if (socket.secureConnecting && !had) {
      const error = coded(Error, 'ECONNRESET', 'socket hang up');
      this.emit('tlsClientError', error, socket);
    }
  };
  socket.once('close', failed);
};

Server.prototype._secured = function secured(socket) {
  this.emit('secureConnection', socket);
};

/** Another certificate, from the next connection on. */
Server.prototype.setSecureContext = function setSecureContext(options) {
  this._tls = { ...this._tls, ...options };
  if (this.listening) native.setContext(this._bound(), this._tlsSpec());
};

/** A certificate for a name; `*.example.com` is for all names one level below. */
Server.prototype.addContext = function addContext(hostname, context) {
  const { cert, key, pfx, passphrase } = context.options ?? context;
  this._names[hostname] = definedOnly({ cert, key, pfx, passphrase });
  if (this.listening) native.setContext(this._bound(), this._tlsSpec());
};

export function createServer(options, listener) {
  return new Server(options, listener);
}

/** Whether a certificate is for this host: an error, or undefined. */
export function checkServerIdentity(hostname, certificate) {
  return load('internal:tls_identity').checkServerIdentity(hostname, certificate);
}

export function getCiphers() {
  return load('internal:tls_identity').CIPHERS.slice();
}

export function getCACertificates(type = 'default') {
  return load('internal:tls_identity').authorities(type);
}

/** The system's authorities, in PEM: a list that is made when it is looked at. */
export const rootCertificates = new Proxy([], {
  get: (_, name) => Reflect.get(load('internal:tls_identity').authorities('default'), name),
  has: (_, name) => Reflect.has(load('internal:tls_identity').authorities('default'), name),
  ownKeys: () => Reflect.ownKeys(load('internal:tls_identity').authorities('default')),
});

export default {
  CLIENT_RENEG_LIMIT, CLIENT_RENEG_WINDOW, DEFAULT_ECDH_CURVE, DEFAULT_MAX_VERSION, DEFAULT_MIN_VERSION,
  SecureContext, Server, TLSSocket, checkServerIdentity, connect, createSecureContext, createServer,
  getCACertificates, getCiphers,
  get rootCertificates() {
    return load('internal:tls_identity').authorities('default');
  },
};
