// dns: names and what is known of them. The system is asked by `lookup`, name servers by all others.
//
// Spec: https://nodejs.org/api/dns.html
// Left out: `lookupService`.

import { checkFunction, checkInteger, coded, wrongType, wrongValue } from 'internal:errors';
import { isIP } from 'net';
import * as native from 'ops:dns';
import { nextTick } from 'ops:process';

const { load } = native;

export const ADDRCONFIG = 32;
export const V4MAPPED = 8;
export const ALL = 16;

const CODES = [
  'NODATA', 'FORMERR', 'SERVFAIL', 'NOTFOUND', 'NOTIMP', 'REFUSED', 'BADQUERY', 'BADNAME',
  'BADFAMILY', 'BADRESP', 'CONNREFUSED', 'TIMEOUT', 'EOF', 'FILE', 'NOMEM', 'DESTRUCTION', 'BADSTR',
  'BADFLAGS', 'NONAME', 'BADHINTS', 'NOTINITIALIZED', 'LOADIPHLPAPI', 'ADDRGETNETWORKPARAMS',
  'CANCELLED',
];
const codes = Object.fromEntries(CODES.map((name) => [name, `E${name}`]));
export const {
  NODATA, FORMERR, SERVFAIL, NOTFOUND, NOTIMP, REFUSED, BADQUERY, BADNAME, BADFAMILY, BADRESP,
  CONNREFUSED, TIMEOUT, EOF, FILE, NOMEM, DESTRUCTION, BADSTR, BADFLAGS, NONAME, BADHINTS,
  NOTINITIALIZED, LOADIPHLPAPI, ADDRGETNETWORKPARAMS, CANCELLED,
} = codes;

const ORDERS = ['ipv4first', 'ipv6first', 'verbatim'];
let defaultOrder = 'verbatim';

export function setDefaultResultOrder(order) {
  if (!ORDERS.includes(order)) {
    throw wrongValue('dnsOrder', order, `must be one of: ${ORDERS.map((name) => `'${name}'`).join(', ')}`);
  }
  defaultOrder = order;
}

export function getDefaultResultOrder() {
  return defaultOrder;
}

const FAMILIES = { 0: 0, 4: 4, 6: 6, IPv4: 4, IPv6: 6 };

/** `(hostname, options)` of `lookup`, checked. */
function wishOf(hostname, options) {
  if (hostname !== undefined && hostname !== null && hostname !== '' && typeof hostname !== 'string') {
    throw wrongType('hostname', 'of type string', hostname);
  }
  const given = typeof options === 'object' && options !== null ? options : { family: options };
  const { hints = 0, all = false, verbatim, order } = given;
  const family = given.family ?? 0;
  if (!Object.hasOwn(FAMILIES, family) || (typeof family !== 'number' && typeof family !== 'string')
    || family === '0' || family === '4' || family === '6') {
    const where = typeof options === 'object' ? 'options.family' : 'family';
    throw wrongValue(where, family, 'must be one of: 0, 4, 6');
  }
  if (typeof all !== 'boolean') throw wrongType('options.all', 'of type boolean', all);
  checkInteger(hints, 'options.hints');
  if ((hints & ~(ADDRCONFIG | V4MAPPED | ALL)) !== 0) throw wrongValue('hints', hints);
  let sort = defaultOrder;
  if (verbatim !== undefined && verbatim !== null) {
    if (typeof verbatim !== 'boolean') throw wrongType('options.verbatim', 'of type boolean', verbatim);
    sort = verbatim ? 'verbatim' : 'ipv4first';
  }
  if (order !== undefined) {
    if (!ORDERS.includes(order)) throw wrongValue('options.order', order, `must be one of: ${ORDERS.map((name) => `'${name}'`).join(', ')}`);
    sort = order;
  }
  return { family: FAMILIES[family], hints, all, sort };
}

function lookupError(hostname, why) {
  const isBusy = /temporary failure|try again/i.test(why);
  const [code, errno] = isBusy ? ['EAI_AGAIN', -3001] : ['ENOTFOUND', -3008];
  const error = new Error(`getaddrinfo ${code} ${hostname}`);
  return Object.assign(error, { errno, code, syscall: 'getaddrinfo', hostname });
}

/** Addresses as a script wants them; an error where there are none. */
async function find(hostname, { family, hints, sort }) {
  if (!hostname) return [];
  const kind = isIP(hostname);
  if (kind) return [{ address: hostname, family: kind }];
  const ascii = /^[\x20-\x7e]*$/.test(hostname) ? hostname : load('url').domainToASCII(hostname);
  const found = await native.lookUp(ascii || hostname);
  if (typeof found === 'string') throw lookupError(hostname, found);
  const all = found.map((address) => ({ address, family: isIP(address) }));
  const of = (wanted) => all.filter((one) => one.family === wanted);
  let chosen = family === 0 ? all : of(family);
  if (family === 6 && (hints & V4MAPPED) && (chosen.length === 0 || (hints & ALL))) {
    chosen = [...chosen, ...of(4).map(({ address }) => ({ address: `::ffff:${address}`, family: 6 }))];
  }
  if (chosen.length === 0) throw lookupError(hostname, '');
  if (sort === 'verbatim') return chosen;
  const first = sort === 'ipv4first' ? 4 : 6;
  return [...chosen.filter((one) => one.family === first), ...chosen.filter((one) => one.family !== first)];
}

export function lookup(hostname, options, callback) {
  const [given, done] = typeof options === 'function' ? [undefined, options] : [options, callback];
  checkFunction(done, 'callback');
  const wish = wishOf(hostname, given);
  find(hostname, wish).then((found) => {
    nextTick(() => {
      if (wish.all) done(null, found);
      else done(null, found[0]?.address ?? null, found[0]?.family ?? (wish.family === 6 ? 6 : 4));
    });
  }, (error) => nextTick(done, error));
  return {};
}

async function lookupPromise(hostname, options) {
  const wish = wishOf(hostname, options);
  const found = await find(hostname, wish);
  if (wish.all) return found;
  return found[0] ?? { address: null, family: wish.family === 6 ? 6 : 4 };
}

Object.defineProperty(lookup, Symbol.for('nodejs.util.promisify.custom'), {
  value: lookupPromise, configurable: true,
});

/** For `dns/promises`. */
export const _promised = { lookup: lookupPromise, codes };

const KINDS = ['4', '6', 'Any', 'Caa', 'Cname', 'Mx', 'Naptr', 'Ns', 'Ptr', 'Soa', 'Srv', 'Tlsa', 'Txt'];
export const _methods = ['resolve', 'reverse', ...KINDS.map((kind) => `resolve${kind}`)];

/** A function that takes a callback, of one that returns a promise. */
function called(method) {
  return function call(...given) {
    const callback = given.pop();
    checkFunction(callback, 'callback');
    const resolver = this instanceof Resolver ? this._resolver : shared();
    resolver[method](...given).then(
      (found) => nextTick(callback, null, found),
      (error) => nextTick(callback, error),
    );
    return {};
  };
}

let made;

function shared() {
  made ??= new (load('internal:dns_resolver').Resolver)();
  return made;
}

/** For `dns/promises`: what all functions without a resolver of their own ask. */
export { shared as _shared };

export class Resolver {
  constructor(options) {
    this._resolver = new (load('internal:dns_resolver').Resolver)(options);
  }

  cancel() {
    this._resolver.cancel();
  }

  getServers() {
    return this._resolver.getServers();
  }

  setServers(servers) {
    this._resolver.setServers(servers);
  }

  setLocalAddress(ipv4, ipv6) {
    this._resolver.setLocalAddress(ipv4, ipv6);
  }
}

const functions = Object.fromEntries(_methods.map((name) => [name, called(name)]));
for (const [name, value] of Object.entries(functions)) {
  Object.defineProperty(Resolver.prototype, name, { value, writable: true, configurable: true });
  Object.defineProperty(value, 'name', { value: name });
}

export const {
  resolve, reverse, resolve4, resolve6, resolveAny, resolveCaa, resolveCname, resolveMx, resolveNaptr,
  resolveNs, resolvePtr, resolveSoa, resolveSrv, resolveTlsa, resolveTxt,
} = functions;

export function getServers() {
  return shared().getServers();
}

export function setServers(servers) {
  shared().setServers(servers);
}

export default {
  ...codes, ...functions, ADDRCONFIG, V4MAPPED, ALL, Resolver, getDefaultResultOrder, getServers, lookup,
  setDefaultResultOrder, setServers,
  get promises() {
    return load('dns/promises').default;
  },
};
