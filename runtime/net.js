// net: sockets and servers whose bytes are a script's own, over TCP and over paths.
//
// Spec: https://nodejs.org/api/net.html
// Left out: sockets of file descriptors, and `pipe` servers of Windows.

import { Server } from 'internal:net_server';
import { Socket, families } from 'internal:net_socket';
import { checkInteger, outOfRange, wrongType } from 'internal:errors';
import { addressClasses, isIP, load } from 'ops:net';

export { Server, Socket, isIP };
export const Stream = Socket;
export const { BlockList, SocketAddress } = addressClasses();

export function isIPv4(text) {
  return isIP(text) === 4;
}

export function isIPv6(text) {
  return isIP(text) === 6;
}

export function createServer(options, listener) {
  return new Server(options, listener);
}

export function connect(...given) {
  const [options, listener] = load('internal:net_connect').argumentsOf(given);
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return listener === undefined ? socket.connect(options) : socket.connect(options, listener);
}

export const createConnection = connect;

export function getDefaultAutoSelectFamily() {
  return families.auto;
}

export function setDefaultAutoSelectFamily(value) {
  if (typeof value !== 'boolean') throw wrongType('value', 'of type boolean', value);
  families.auto = value;
}

export function getDefaultAutoSelectFamilyAttemptTimeout() {
  return families.attemptTimeout;
}

/** The host gives each address a head start of its own; the value is kept for who asks. */
export function setDefaultAutoSelectFamilyAttemptTimeout(value) {
  checkInteger(value, 'value');
  if (value < 1) throw outOfRange('value', '>= 1', value);
  families.attemptTimeout = Math.max(10, value);
}

export default {
  Server, Socket, Stream, BlockList, SocketAddress, connect, createConnection, createServer, isIP,
  isIPv4, isIPv6, getDefaultAutoSelectFamily, setDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout, setDefaultAutoSelectFamilyAttemptTimeout,
};
