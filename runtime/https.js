// https: servers and requests of `http` that speak TLS. Names: https://nodejs.org/api/https.html

import { Server as HttpServer } from 'http';
import { load, request, get, clientClasses } from 'ops:https';

// Options of TLS, which may stand beside the others here.
const TLS = [
  'ca', 'cert', 'key', 'minVersion', 'passphrase', 'pfx', 'rejectUnauthorized', 'requestCert',
  'sni',
];

function gather(options) {
  if (typeof options !== 'object' || options === null) return options;
  const tls = { ...options.tls };
  const others = {};
  for (const [name, value] of Object.entries(options)) {
    (TLS.includes(name) ? tls : others)[name] = value;
  }
  return { ...others, tls };
}

export class Server extends HttpServer {
  constructor(options, handler) {
    if (typeof options === 'function') [options, handler] = [{}, options];
    super(gather(options ?? {}), handler);
  }
}

export function createServer(options, handler) {
  return new Server(options, handler);
}

// The client half, which is loaded when something of it is used.
export const { SecureAgent: Agent } = clientClasses();
export { request, get };

export default {
  Server, createServer, request, get, Agent,
  get globalAgent() {
    return load('internal:http_client').globalSecureAgent;
  },
};
