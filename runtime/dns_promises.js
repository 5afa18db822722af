// dns/promises: what `dns` has, with promises.
//
// Spec: https://nodejs.org/api/dns.html#dns-promises-api

import {
  getDefaultResultOrder, getServers, kMethods, kPromised, kShared, setDefaultResultOrder, setServers,
} from 'dns';
import { Resolver } from 'internal:dns_resolver';

export { Resolver, getDefaultResultOrder, getServers, setDefaultResultOrder, setServers };

export const { lookup } = kPromised;

const functions = Object.fromEntries(kMethods.map((name) => [
  name, async (...given) => kShared()[name](...given),
]));
export const {
  resolve, reverse, resolve4, resolve6, resolveAny, resolveCaa, resolveCname, resolveMx, resolveNaptr,
  resolveNs, resolvePtr, resolveSoa, resolveSrv, resolveTlsa, resolveTxt,
} = functions;
export const {
  NODATA, FORMERR, SERVFAIL, NOTFOUND, NOTIMP, REFUSED, BADQUERY, BADNAME, BADFAMILY, BADRESP,
  CONNREFUSED, TIMEOUT, EOF, FILE, NOMEM, DESTRUCTION, BADSTR, BADFLAGS, NONAME, BADHINTS,
  NOTINITIALIZED, LOADIPHLPAPI, ADDRGETNETWORKPARAMS, CANCELLED,
} = kPromised.codes;

export default {
  ...kPromised.codes, ...functions, Resolver, getDefaultResultOrder, getServers, lookup,
  setDefaultResultOrder, setServers,
};
