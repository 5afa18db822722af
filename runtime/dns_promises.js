// dns/promises: what `dns` has, with promises.
//
// Spec: https://nodejs.org/api/dns.html#dns-promises-api

import {
  _methods, _promised, _shared, getDefaultResultOrder, getServers, setDefaultResultOrder, setServers,
} from 'dns';
import { Resolver } from 'internal:dns_resolver';

export { Resolver, getDefaultResultOrder, getServers, setDefaultResultOrder, setServers };

export const { lookup } = _promised;

const functions = Object.fromEntries(_methods.map((name) => [
  name, async (...given) => _shared()[name](...given),
]));
export const {
  resolve, reverse, resolve4, resolve6, resolveAny, resolveCaa, resolveCname, resolveMx, resolveNaptr,
  resolveNs, resolvePtr, resolveSoa, resolveSrv, resolveTlsa, resolveTxt,
} = functions;
export const {
  NODATA, FORMERR, SERVFAIL, NOTFOUND, NOTIMP, REFUSED, BADQUERY, BADNAME, BADFAMILY, BADRESP,
  CONNREFUSED, TIMEOUT, EOF, FILE, NOMEM, DESTRUCTION, BADSTR, BADFLAGS, NONAME, BADHINTS,
  NOTINITIALIZED, LOADIPHLPAPI, ADDRGETNETWORKPARAMS, CANCELLED,
} = _promised.codes;

export default {
  ..._promised.codes, ...functions, Resolver, getDefaultResultOrder, getServers, lookup,
  setDefaultResultOrder, setServers,
};
