// Resolver of `dns/promises`: asks name servers, one after the other, over UDP, and over TCP what is
// too long for that.
//
// A question has a random number and goes out on a socket of its own, which takes answers of the
// server alone; what does not fit the question is thrown away.
// Spec: RFC 1035, RFC 5452, RFC 7766; https://nodejs.org/api/dns.html#class-dnspromisesresolver

import { Buffer } from 'buffer';
import { createSocket } from 'dgram';
import { checkArray, checkInteger, checkString, coded, outOfRange, wrongValue } from 'internal:errors';
import { connect, isIP } from 'net';
import { decode, encode, load, systemServers } from 'ops:internal:dns_resolver';

const PORT = 53;
const TIMEOUT_MS = 5000;
const TRIES = 4;
// No question waits for longer.
const WAIT_MAX_MS = 60_000;

function failure(code, kind, hostname) {
  const syscall = `query${kind[0]}${kind.slice(1).toLowerCase()}`;
  return Object.assign(new Error(`${syscall} ${code} ${hostname}`), {
    errno: undefined, code, syscall, hostname,
  });
}

/** `address`, `address:port` or `[address]:port`. */
function serverOf(text, at) {
  checkString(text, `servers[${at}]`);
  const [, v6, bracketed, v4, port] =
    /^(?:\[([^\]]+)\](?::(\d+))?|([^:]+)(?::(\d+))?)$/.exec(text) ?? [];
  const number = Number(bracketed ?? port ?? PORT);
  const address = isIP(text) ? text : v6 ?? v4;
  if (!isIP(address ?? '') || number < 1 || number > 65535) {
    throw coded(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${text}`);
  }
  return { address, port: isIP(text) ? PORT : number };
}

export class Resolver {
  #servers = null;
  #timeout;
  #tries;
  #local = { 4: undefined, 6: undefined };
  /** What ends questions that are under way. */
  #pending = new Set();

  constructor({ timeout = -1, tries = TRIES, maxTimeout = 0 } = {}) {
    checkInteger(timeout, 'options.timeout');
    if (timeout < -1) throw outOfRange('options.timeout', '>= -1 && <= 2147483647', timeout);
    checkInteger(tries, 'options.tries');
    if (tries < 1) throw outOfRange('options.tries', '>= 1', tries);
    checkInteger(maxTimeout, 'options.maxTimeout');
    if (maxTimeout < 0) throw outOfRange('options.maxTimeout', '>= 0 && <= 4294967295', maxTimeout);
    this.#timeout = timeout === -1 ? TIMEOUT_MS : timeout;
    this.#tries = tries;
    this.#most = maxTimeout || WAIT_MAX_MS;
  }

  #most;

  #known() {
    if (this.#servers === null) {
      const known = systemServers().map((address) => ({ address, port: PORT }));
      this.#servers = known.length > 0 ? known : [{ address: '127.0.0.1', port: PORT }];
    }
    return this.#servers;
  }

  getServers() {
    return this.#known().map(({ address, port }) => {
      if (port === PORT) return address;
      return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
    });
  }

  setServers(servers) {
    checkArray(servers, 'servers');
    if (this.#pending.size > 0) {
      throw coded(Error, 'ERR_DNS_SET_SERVERS_FAILED', 'c-ares failed to set servers: "There are pending queries." [' + servers + ']');
    }
    this.#servers = servers.map(serverOf);
  }

  setLocalAddress(ipv4 = '0.0.0.0', ipv6 = '::0') {
    checkString(ipv4, 'ipv4');
    checkString(ipv6, 'ipv6');
    if (isIP(ipv4) !== 4) throw coded(Error, 'ERR_INVALID_ARG_VALUE', 'Invalid IP address.');
    this.#local = { 4: ipv4, 6: ipv6 };
  }

  cancel() {
    for (const end of Array.from(this.#pending)) end('ECANCELLED');
  }

  /** The records of a name; rejected with one of c-ares' codes. */
  async #query(hostname, kind) {
    checkString(hostname, 'name');
    const ascii = /^[\x20-\x7e]*$/.test(hostname) ? hostname : load('url').domainToASCII(hostname);
    let code = 'ECONNREFUSED';
    for (let round = 0; round < this.#tries; round++) {
      for (const server of this.#known()) {
        const wait = Math.min(this.#timeout * 2 ** round, this.#most);
        const found = await this.#ask(server, ascii, kind, wait);
        if (Array.isArray(found)) return found;
        code = found;
        // Others may know more, or be there.
        const goesOn = ['ETIMEOUT', 'ECONNREFUSED', 'ESERVFAIL', 'EREFUSED', 'ENOTIMP'].includes(code);
        if (!goesOn) throw failure(code, kind, hostname);
      }
      if (code !== 'ETIMEOUT' && code !== 'ECONNREFUSED') break;
    }
    throw failure(code, kind, hostname);
  }

  /** Asks one server: records, or a code. */
  #ask(server, name, kind, wait) {
    const id = Math.floor(load('crypto').randomInt(65536));
    const question = encode(id, name, kind);
    if (question === undefined) return Promise.resolve('EBADNAME');
    return new Promise((resolve) => {
      const way = { socket: null, timer: null };
      const end = (found) => {
        clearTimeout(way.timer);
        this.#pending.delete(end);
        way.close?.();
        resolve(found);
      };
      this.#pending.add(end);
      way.timer = setTimeout(end, wait, 'ETIMEOUT');
      let isTcp = false;
      const told = (bytes) => {
        const found = decode(id, name, kind, bytes);
        if (found !== 'TRUNCATED') {
          if (found !== undefined) end(found);
          // One question goes over a connection: nothing else may come.
          else if (isTcp) end('EBADRESP');
        } else if (isTcp) {
          end('EBADRESP');
        } else {
          isTcp = true;
          way.close();
          way.close = overTcp(server, question, told, end);
        }
      };
      way.close = this.#overUdp(server, question, told, end);
    });
  }

  #overUdp({ address, port }, question, told, end) {
    const family = isIP(address);
    const socket = createSocket(`udp${family}`);
    let open = true;
    const close = () => {
      if (open) socket.close();
      open = false;
    };
    socket.on('message', told);
    socket.on('error', (error) => end(error.code === 'ECONNREFUSED' ? 'ECONNREFUSED' : 'ESERVFAIL'));
    const begin = () => {
      if (!open) return;
      socket.connect(port, address, (error) => {
        if (error) end('ECONNREFUSED');
        else if (open) socket.send(question, () => {});
      });
    };
    const local = this.#local[family];
    if (local === undefined) begin();
    else socket.bind({ port: 0, address: local }, begin);
    return close;
  }

  async #records(hostname, kind) {
    return (await this.#query(hostname, kind)).map(([, ttl, parts]) => ({ ttl, ...parts }));
  }

  async #values(hostname, kind) {
    return (await this.#records(hostname, kind)).map(({ value }) => value);
  }

  async #plain(hostname, kind) {
    return (await this.#query(hostname, kind)).map(([, , parts]) => parts);
  }

  async #addresses(hostname, kind, options) {
    const records = await this.#records(hostname, kind);
    return options?.ttl
      ? records.map(({ value, ttl }) => ({ address: value, ttl }))
      : records.map(({ value }) => value);
  }

  resolve(hostname, type = 'A') {
    checkString(hostname, 'hostname');
    checkString(type, 'rrtype');
    const method = METHODS[type];
    if (method === undefined) throw wrongValue('rrtype', type);
    return this[method](hostname);
  }

  resolve4(hostname, options) { return this.#addresses(hostname, 'A', options); }

  resolve6(hostname, options) { return this.#addresses(hostname, 'AAAA', options); }

  resolveCname(hostname) { return this.#values(hostname, 'CNAME'); }

  resolveNs(hostname) { return this.#values(hostname, 'NS'); }

  resolvePtr(hostname) { return this.#values(hostname, 'PTR'); }

  resolveTxt(hostname) { return this.#values(hostname, 'TXT'); }

  resolveMx(hostname) { return this.#plain(hostname, 'MX'); }

  resolveSrv(hostname) { return this.#plain(hostname, 'SRV'); }

  resolveCaa(hostname) { return this.#plain(hostname, 'CAA'); }

  resolveNaptr(hostname) { return this.#plain(hostname, 'NAPTR'); }

  resolveTlsa(hostname) { return this.#plain(hostname, 'TLSA'); }

  async resolveSoa(hostname) { return (await this.#plain(hostname, 'SOA'))[0]; }

  async resolveAny(hostname) {
    return (await this.#query(hostname, 'ANY')).filter(([type]) => type !== '').map(anyRecord);
  }

  async reverse(ip) {
    if (!isIP(ip)) {
      throw Object.assign(new Error(`getHostByAddr EINVAL ${ip}`), {
        errno: -22, code: 'EINVAL', syscall: 'getHostByAddr', hostname: ip,
      });
    }
    try {
      return await this.#values(reversed(ip), 'PTR');
    } catch (error) {
      throw Object.assign(new Error(`getHostByAddr ${error.code} ${ip}`), {
        errno: undefined, code: error.code, syscall: 'getHostByAddr', hostname: ip,
      });
    }
  }
}

const METHODS = {
  A: 'resolve4', AAAA: 'resolve6', ANY: 'resolveAny', CAA: 'resolveCaa', CNAME: 'resolveCname',
  MX: 'resolveMx', NAPTR: 'resolveNaptr', NS: 'resolveNs', PTR: 'resolvePtr', SOA: 'resolveSoa',
  SRV: 'resolveSrv', TLSA: 'resolveTlsa', TXT: 'resolveTxt',
};

/** A record among others, which says of what kind it is. */
function anyRecord([type, ttl, parts]) {
  const { value, ...others } = parts;
  if (type === 'A' || type === 'AAAA') return { address: value, ttl, type };
  if (type === 'TXT') return { entries: value, type };
  return value === undefined ? { ...others, type } : { value, type };
}

/** The name under which an address is. */
function reversed(ip) {
  if (isIP(ip) === 4) return `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
  const digits = load('internal:net_addresses').digitsOf(ip).padStart(32, '0');
  return `${Array.from(digits).reverse().join('.')}.ip6.arpa`;
}

/** The same over TCP, where each message has its length in front. */
function overTcp({ address, port }, question, told, end) {
  let heard = Buffer.alloc(0);
  const socket = connect({ port, host: address }, () => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(question.length);
    socket.write(Buffer.concat([length, question]));
  });
  socket.on('data', (chunk) => {
    heard = Buffer.concat([heard, chunk]);
    if (heard.length < 2) return;
    const length = heard.readUInt16BE(0);
    if (heard.length >= length + 2) told(heard.subarray(2, length + 2));
  });
  socket.on('error', (error) => end(error.code === 'ECONNREFUSED' ? 'ECONNREFUSED' : 'ESERVFAIL'));
  socket.on('end', () => end('EBADRESP'));
  return () => socket.destroy();
}
