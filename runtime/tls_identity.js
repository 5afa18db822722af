// Names of certificates, ciphers and authorities of `tls`: loaded when they are asked for.
//
// Spec: RFC 6125, https://nodejs.org/api/tls.html#tlscheckserveridentityhostname-cert

import { wrongValue } from 'internal:errors';
import { isIP } from 'net';
import { roots } from 'ops:internal:tls_identity';

/** What rustls speaks. */
export const CIPHERS = [
  'tls_aes_256_gcm_sha384', 'tls_aes_128_gcm_sha256', 'tls_chacha20_poly1305_sha256',
  'ecdhe-ecdsa-aes256-gcm-sha384', 'ecdhe-ecdsa-aes128-gcm-sha256', 'ecdhe-ecdsa-chacha20-poly1305',
  'ecdhe-rsa-aes256-gcm-sha384', 'ecdhe-rsa-aes128-gcm-sha256', 'ecdhe-rsa-chacha20-poly1305',
];

function invalid(host, certificate, reason) {
  const message = `Hostname/IP does not match certificate's altnames: ${reason}`;
  return Object.assign(new Error(message), {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID', reason, host, cert: certificate,
  });
}

/** `DNS:a, IP Address:b` as pairs; names with a comma in them are quoted as JSON. */
function namesIn(text) {
  const names = [];
  for (const [, kind, quoted, plain] of text.matchAll(/(?:^|, )([^:,]+):(?:("(?:[^"\\]|\\.)*")|([^,]*))/g)) {
    names.push([kind, quoted === undefined ? plain : JSON.parse(quoted)]);
  }
  return names;
}

/** A star stands for one label, the first, and not for a part of one. */
function matches(pattern, host) {
  const [wanted, given] = [pattern, host].map((name) => name.toLowerCase().replace(/\.$/, ''));
  if (!wanted.startsWith('*.')) return wanted === given;
  const [, ...rest] = given.split('.');
  return rest.length > 1 && rest.join('.') === wanted.slice(2);
}

export function checkServerIdentity(hostname, certificate) {
  const host = String(hostname);
  const names = namesIn(certificate.subjectaltname ?? '');
  const dns = names.filter(([kind]) => kind === 'DNS').map(([, name]) => name);
  if (isIP(host)) {
    const addresses = names.filter(([kind]) => kind === 'IP Address').map(([, name]) => name);
    if (addresses.includes(host)) return undefined;
    return invalid(host, certificate, `IP: ${host} is not in the cert's list: ${addresses.join(', ')}`);
  }
  if (dns.length > 0) {
    if (dns.some((name) => matches(name, host))) return undefined;
    return invalid(host, certificate, `Host: ${host}. is not in the cert's altnames: ${certificate.subjectaltname}`);
  }
  const common = certificate.subject?.CN;
  if (common === undefined) return invalid(host, certificate, 'Cert does not contain a DNS name');
  const all = String(common).split('\n');
  if (all.some((name) => matches(name, host))) return undefined;
  return invalid(host, certificate, `Host: ${host}. is not cert's CN: ${common}`);
}

let known;

export function authorities(type) {
  if (!['default', 'system', 'bundled'].includes(type)) throw wrongValue('type', type);
  known ??= Object.freeze(roots().map((der) => {
    const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g).join('\n');
    return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`;
  }));
  return known;
}
