// The types of `dns`.

declare module 'dns' {
  export interface LookupAddress {
    address: string;
    family: number;
  }

  export interface LookupOptions {
    family?: 0 | 4 | 6 | 'IPv4' | 'IPv6';
    hints?: number;
    all?: boolean;
    order?: 'ipv4first' | 'ipv6first' | 'verbatim';
    verbatim?: boolean;
  }

  export interface ResolverOptions {
    /** Milliseconds for the first try of a server, which double with each; -1 for 5000. */
    timeout?: number;
    tries?: number;
    maxTimeout?: number;
  }

  export interface CaaRecord { critical: number; [tag: string]: string | number }
  export interface MxRecord { exchange: string; priority: number }
  export interface NaptrRecord {
    flags: string; service: string; regexp: string; replacement: string; order: number;
    preference: number;
  }
  export interface SoaRecord {
    nsname: string; hostmaster: string; serial: number; refresh: number; retry: number;
    expire: number; minttl: number;
  }
  export interface SrvRecord { name: string; port: number; priority: number; weight: number }
  export interface TlsaRecord {
    certUsage: number; selector: number; match: number; data: ArrayBuffer;
  }
  export interface AnyRecord { type: string; [part: string]: any }

  type Done<T> = (error: Error | null, found: T) => void;

  export const NODATA: 'ENODATA';
  export const FORMERR: 'EFORMERR';
  export const SERVFAIL: 'ESERVFAIL';
  export const NOTFOUND: 'ENOTFOUND';
  export const NOTIMP: 'ENOTIMP';
  export const REFUSED: 'EREFUSED';
  export const BADQUERY: 'EBADQUERY';
  export const BADNAME: 'EBADNAME';
  export const BADFAMILY: 'EBADFAMILY';
  export const BADRESP: 'EBADRESP';
  export const CONNREFUSED: 'ECONNREFUSED';
  export const TIMEOUT: 'ETIMEOUT';
  export const EOF: 'EEOF';
  export const FILE: 'EFILE';
  export const NOMEM: 'ENOMEM';
  export const DESTRUCTION: 'EDESTRUCTION';
  export const BADSTR: 'EBADSTR';
  export const BADFLAGS: 'EBADFLAGS';
  export const NONAME: 'ENONAME';
  export const BADHINTS: 'EBADHINTS';
  export const NOTINITIALIZED: 'ENOTINITIALIZED';
  export const LOADIPHLPAPI: 'ELOADIPHLPAPI';
  export const ADDRGETNETWORKPARAMS: 'EADDRGETNETWORKPARAMS';
  export const CANCELLED: 'ECANCELLED';
  export const ADDRCONFIG: number;
  export const V4MAPPED: number;
  export const ALL: number;

  /** The address of a name, as the system knows it. */
  export function lookup(
    hostname: string, callback: (error: Error | null, address: string, family: number) => void,
  ): object;
  export function lookup(
    hostname: string, options: LookupOptions | number,
    callback: (error: Error | null, address: any, family: number) => void,
  ): object;
  /** Addresses of IPv4. */
  export function resolve4(hostname: string, callback: Done<string[]>): object;
  export function resolve4(
    hostname: string, options: { ttl?: boolean }, callback: Done<any[]>,
  ): object;
  /** Addresses of IPv6. */
  export function resolve6(hostname: string, callback: Done<string[]>): object;
  export function resolve6(
    hostname: string, options: { ttl?: boolean }, callback: Done<any[]>,
  ): object;
  /** All records. */
  export function resolveAny(hostname: string, callback: Done<AnyRecord[]>): object;
  /** Who may sign certificates. */
  export function resolveCaa(hostname: string, callback: Done<CaaRecord[]>): object;
  /** What a name is an alias for. */
  export function resolveCname(hostname: string, callback: Done<string[]>): object;
  /** Servers of mail. */
  export function resolveMx(hostname: string, callback: Done<MxRecord[]>): object;
  /** Rules that make names of names. */
  export function resolveNaptr(hostname: string, callback: Done<NaptrRecord[]>): object;
  /** Name servers. */
  export function resolveNs(hostname: string, callback: Done<string[]>): object;
  /** Names of a pointer. */
  export function resolvePtr(hostname: string, callback: Done<string[]>): object;
  /** Where a zone begins. */
  export function resolveSoa(hostname: string, callback: Done<SoaRecord>): object;
  /** Servers of a service. */
  export function resolveSrv(hostname: string, callback: Done<SrvRecord[]>): object;
  /** Certificates of a service. */
  export function resolveTlsa(hostname: string, callback: Done<TlsaRecord[]>): object;
  /** Texts, each of pieces. */
  export function resolveTxt(hostname: string, callback: Done<string[][]>): object;
  /** Records of a kind, which is `A` without. */
  export function resolve(hostname: string, callback: Done<any>): object;
  export function resolve(
    hostname: string, rrtype: string, callback: Done<any>,
  ): object;
  /** The names of an address. */
  export function reverse(ip: string, callback: Done<string[]>): object;
  /** The name servers that are asked. */
  export function getServers(): string[];
  /** Has others asked. */
  export function setServers(servers: readonly string[]): void;
  /** In which order `lookup` returns addresses. */
  export function getDefaultResultOrder(): 'ipv4first' | 'ipv6first' | 'verbatim';
  /** The same for all look-ups to come. */
  export function setDefaultResultOrder(order: 'ipv4first' | 'ipv6first' | 'verbatim'): void;

  /** Asks name servers of its own. */
  export class Resolver {
    constructor(options?: ResolverOptions);
    cancel(): void;
    getServers(): string[];
    setServers(servers: readonly string[]): void;
    setLocalAddress(ipv4?: string, ipv6?: string): void;
    resolve4(hostname: string, callback: Done<string[]>): object;
    resolve4(
      hostname: string, options: { ttl?: boolean }, callback: Done<any[]>,
    ): object;
    resolve6(hostname: string, callback: Done<string[]>): object;
    resolve6(
      hostname: string, options: { ttl?: boolean }, callback: Done<any[]>,
    ): object;
    resolveAny(hostname: string, callback: Done<AnyRecord[]>): object;
    resolveCaa(hostname: string, callback: Done<CaaRecord[]>): object;
    resolveCname(hostname: string, callback: Done<string[]>): object;
    resolveMx(hostname: string, callback: Done<MxRecord[]>): object;
    resolveNaptr(hostname: string, callback: Done<NaptrRecord[]>): object;
    resolveNs(hostname: string, callback: Done<string[]>): object;
    resolvePtr(hostname: string, callback: Done<string[]>): object;
    resolveSoa(hostname: string, callback: Done<SoaRecord>): object;
    resolveSrv(hostname: string, callback: Done<SrvRecord[]>): object;
    resolveTlsa(hostname: string, callback: Done<TlsaRecord[]>): object;
    resolveTxt(hostname: string, callback: Done<string[][]>): object;
    resolve(hostname: string, callback: Done<any>): object;
    resolve(
      hostname: string, rrtype: string, callback: Done<any>,
    ): object;
    reverse(ip: string, callback: Done<string[]>): object;
  }

  const dns: Omit<typeof import('dns'), 'default'> & {
    readonly promises: typeof import('dns/promises').default;
  };
  export default dns;
}

declare module 'node:dns' {
  export * from 'dns';
  export { default } from 'dns';
}

declare module 'dns/promises' {
  import {
    AnyRecord, CaaRecord, LookupAddress, LookupOptions, MxRecord, NaptrRecord, ResolverOptions,
    SoaRecord, SrvRecord, TlsaRecord,
  } from 'dns';
  export { getDefaultResultOrder, getServers, setDefaultResultOrder, setServers } from 'dns';

  export const NODATA: 'ENODATA';
  export const FORMERR: 'EFORMERR';
  export const SERVFAIL: 'ESERVFAIL';
  export const NOTFOUND: 'ENOTFOUND';
  export const NOTIMP: 'ENOTIMP';
  export const REFUSED: 'EREFUSED';
  export const BADQUERY: 'EBADQUERY';
  export const BADNAME: 'EBADNAME';
  export const BADFAMILY: 'EBADFAMILY';
  export const BADRESP: 'EBADRESP';
  export const CONNREFUSED: 'ECONNREFUSED';
  export const TIMEOUT: 'ETIMEOUT';
  export const EOF: 'EEOF';
  export const FILE: 'EFILE';
  export const NOMEM: 'ENOMEM';
  export const DESTRUCTION: 'EDESTRUCTION';
  export const BADSTR: 'EBADSTR';
  export const BADFLAGS: 'EBADFLAGS';
  export const NONAME: 'ENONAME';
  export const BADHINTS: 'EBADHINTS';
  export const NOTINITIALIZED: 'ENOTINITIALIZED';
  export const LOADIPHLPAPI: 'ELOADIPHLPAPI';
  export const ADDRGETNETWORKPARAMS: 'EADDRGETNETWORKPARAMS';
  export const CANCELLED: 'ECANCELLED';

  /** The address of a name, as the system knows it. */
  export function lookup(
    hostname: string, options: LookupOptions & { all: true },
  ): Promise<LookupAddress[]>;
  export function lookup(
    hostname: string, options?: LookupOptions | number,
  ): Promise<LookupAddress>;
  /** Addresses of IPv4. */
  export function resolve4(hostname: string, options?: { ttl?: boolean }): Promise<any[]>;
  /** Addresses of IPv6. */
  export function resolve6(hostname: string, options?: { ttl?: boolean }): Promise<any[]>;
  /** All records. */
  export function resolveAny(hostname: string): Promise<AnyRecord[]>;
  /** Who may sign certificates. */
  export function resolveCaa(hostname: string): Promise<CaaRecord[]>;
  /** What a name is an alias for. */
  export function resolveCname(hostname: string): Promise<string[]>;
  /** Servers of mail. */
  export function resolveMx(hostname: string): Promise<MxRecord[]>;
  /** Rules that make names of names. */
  export function resolveNaptr(hostname: string): Promise<NaptrRecord[]>;
  /** Name servers. */
  export function resolveNs(hostname: string): Promise<string[]>;
  /** Names of a pointer. */
  export function resolvePtr(hostname: string): Promise<string[]>;
  /** Where a zone begins. */
  export function resolveSoa(hostname: string): Promise<SoaRecord>;
  /** Servers of a service. */
  export function resolveSrv(hostname: string): Promise<SrvRecord[]>;
  /** Certificates of a service. */
  export function resolveTlsa(hostname: string): Promise<TlsaRecord[]>;
  /** Texts, each of pieces. */
  export function resolveTxt(hostname: string): Promise<string[][]>;
  /** Records of a kind, which is `A` without. */
  export function resolve(hostname: string, rrtype?: string): Promise<any>;
  /** The names of an address. */
  export function reverse(ip: string): Promise<string[]>;

  /** Asks name servers of its own. */
  export class Resolver {
    constructor(options?: ResolverOptions);
    cancel(): void;
    getServers(): string[];
    setServers(servers: readonly string[]): void;
    setLocalAddress(ipv4?: string, ipv6?: string): void;
    resolve4(hostname: string, options?: { ttl?: boolean }): Promise<any[]>;
    resolve6(hostname: string, options?: { ttl?: boolean }): Promise<any[]>;
    resolveAny(hostname: string): Promise<AnyRecord[]>;
    resolveCaa(hostname: string): Promise<CaaRecord[]>;
    resolveCname(hostname: string): Promise<string[]>;
    resolveMx(hostname: string): Promise<MxRecord[]>;
    resolveNaptr(hostname: string): Promise<NaptrRecord[]>;
    resolveNs(hostname: string): Promise<string[]>;
    resolvePtr(hostname: string): Promise<string[]>;
    resolveSoa(hostname: string): Promise<SoaRecord>;
    resolveSrv(hostname: string): Promise<SrvRecord[]>;
    resolveTlsa(hostname: string): Promise<TlsaRecord[]>;
    resolveTxt(hostname: string): Promise<string[][]>;
    resolve(hostname: string, rrtype?: string): Promise<any>;
    reverse(ip: string): Promise<string[]>;
  }

  const promises: Omit<typeof import('dns/promises'), 'default'>;
  export default promises;
}

declare module 'node:dns/promises' {
  export * from 'dns/promises';
  export { default } from 'dns/promises';
}
