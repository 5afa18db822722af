// The URLs of old Node.js: what `url.parse`, `url.resolve` and `url.format` make of a text. It is no
// standard, and what does not look like a URL has parts all the same.
// https://nodejs.org/api/url.html#legacy-url-api

import { checkObject, checkString, coded, wrongType } from 'internal:errors';
import { domainToASCII, domainToUnicode } from 'url';
import { parse as parseQuery, stringify as stringifyQuery } from 'querystring';

const HOST_MAX = 255;
const SCHEME = /^[a-z0-9.+-]+:/i;
const JUST_PATH = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/;
// '//user@host' has a host even where two slashes alone would not say so.
const USER_AND_HOST = /^\/\/[^@/]+@[^@/]+/;
const PORT = /:[0-9]*$/;
const NOT_IN_HOST = /[\0\t\n\r #%/:<>?@[\\\]^|]/;
const NOT_IN_BRACKETS = /[\0\t\n\r #%/<>?@\\^|]/;
const ENDS_HOST = /[\t\n\r "%';<>\\^`{|}#/?]/;
const ESCAPED = /[\t\n\r "'<>\\^`{|}]/g;

const SLASHED = ['http:', 'https:', 'ftp:', 'gopher:', 'file:', 'ws:', 'wss:'];
const isSlashed = (protocol) => (
  protocol !== null && protocol !== undefined && SLASHED.includes(protocol.endsWith(':') ? protocol : `${protocol}:`)
);
const isHostless = (protocol) => protocol === 'javascript:' || protocol === 'javascript';

const percent = (text) => `%${text.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

function invalidUrl(input) {
  return Object.assign(coded(TypeError, 'ERR_INVALID_URL', 'Invalid URL'), { input });
}

/** Without white space at its ends, and with slashes for the backslashes before the query. */
function cleaned(url) {
  const text = url.replace(/^[\0-\x20\u00a0\ufeff]+|[\0-\x20\u00a0\ufeff]+$/g, '');
  const end = text.search(/[?#]/);
  if (end < 0) return text.replaceAll('\\', '/');
  return text.slice(0, end).replaceAll('\\', '/') + text.slice(end);
}

const FIELDS = [
  'protocol', 'slashes', 'auth', 'host', 'port', 'hostname', 'hash', 'search', 'query', 'pathname',
  'path', 'href',
];

export function Url() {
  for (const name of FIELDS) this[name] = null;
}

Url.prototype.parse = function(url, parseQueryString, slashesDenoteHost) {
  checkString(url, 'url');
  let rest = cleaned(url);
  if (!slashesDenoteHost && !/#|^[^?]*@/.test(rest)) {
    const simple = JUST_PATH.exec(rest);
    if (simple !== null) {
      [this.path, this.href, this.pathname] = [rest, rest, simple[1]];
      takeQuery(this, simple[2], parseQueryString);
      return this;
    }
  }
  const scheme = SCHEME.exec(rest)?.[0];
  const protocol = scheme?.toLowerCase();
  if (scheme !== undefined) {
    this.protocol = protocol;
    rest = rest.slice(scheme.length);
  }
  let hasSlashes = false;
  if (slashesDenoteHost || scheme !== undefined || USER_AND_HOST.test(rest)) {
    hasSlashes = rest.startsWith('//');
    if (hasSlashes && !isHostless(protocol)) {
      rest = rest.slice(2);
      this.slashes = true;
    }
  }
  if (!isHostless(protocol) && (hasSlashes || (scheme !== undefined && !isSlashed(scheme)))) {
    rest = takeHost(this, rest, url);
  }
  if (protocol !== 'javascript:') rest = rest.replace(ESCAPED, percent);
  takePath(this, rest, parseQueryString);
  if (isSlashed(protocol) && this.hostname && !this.pathname) this.pathname = '/';
  if (this.pathname || this.search) this.path = `${this.pathname || ''}${this.search || ''}`;
  this.href = this.format();
  return this;
};

function takeQuery(url, search, parseQueryString) {
  if (search !== undefined) {
    url.search = search;
    url.query = parseQueryString ? parseQuery(search.slice(1)) : search.slice(1);
  } else if (parseQueryString) {
    url.search = null;
    url.query = Object.create(null);
  }
}

/** What is before the path: user, host and port. Returns what is left. */
function takeHost(url, given, whole) {
  const end = given.search(/[#/?]/);
  const front = end < 0 ? given : given.slice(0, end);
  // As in the standard, these are not there.
  const text = front.replace(/[\t\n\r]/g, '') + given.slice(front.length);
  // The last '@' before the path ends the user, whatever else is before it.
  const path = text.search(/[#/?]/);
  const at = text.slice(0, path < 0 ? text.length : path).lastIndexOf('@');
  if (at >= 0) url.auth = decodeURIComponent(text.slice(0, at));
  const after = text.slice(at + 1);
  const stop = after.search(ENDS_HOST);
  url.host = stop < 0 ? after : after.slice(0, stop);
  let rest = stop < 0 ? '' : after.slice(stop);
  url.parseHost();
  if (typeof url.hostname !== 'string') url.hostname = '';
  const name = url.hostname;
  const isBracketed = name.startsWith('[') && name.endsWith(']');
  if (!isBracketed) {
    const wrong = name.search(/[/\\#?:]/);
    if (wrong >= 0) {
      url.hostname = name.slice(0, wrong);
      rest = `/${name.slice(wrong)}${rest}`;
    }
  }
  url.hostname = url.hostname.length > HOST_MAX ? '' : url.hostname.toLowerCase();
  if (url.hostname !== '') {
    if (!isBracketed) url.hostname = asciiOf(url.hostname);
    if ((isBracketed ? NOT_IN_BRACKETS : NOT_IN_HOST).test(url.hostname)) throw invalidUrl(whole);
  }
  url.host = `${url.hostname}${url.port ? `:${url.port}` : ''}`;
  if (isBracketed) {
    url.hostname = url.hostname.slice(1, -1);
    if (rest[0] !== '/') rest = `/${rest}`;
  }
  return rest;
}

/** A name in ASCII; one that no domain can have stays as it is. */
function asciiOf(name) {
  return /^[\0-\x7f]*$/.test(name) ? name : domainToASCII(name) || name;
}

function takePath(url, text, parseQueryString) {
  const hash = text.indexOf('#');
  if (hash >= 0) url.hash = text.slice(hash);
  const rest = hash < 0 ? text : text.slice(0, hash);
  const question = rest.indexOf('?');
  takeQuery(url, question < 0 ? undefined : rest.slice(question), parseQueryString);
  const pathname = question < 0 ? rest : rest.slice(0, question);
  if (pathname !== '') url.pathname = pathname;
}

Url.prototype.parseHost = function() {
  let host = this.host;
  const port = PORT.exec(host)?.[0];
  if (port !== undefined) {
    if (port !== ':') this.port = port.slice(1);
    host = host.slice(0, -port.length);
  }
  if (host) this.hostname = host;
};

/** Node leaves these alone in a user: what `encodeURIComponent` does, and the colon. */
function encodedAuth(auth) {
  return auth ? `${encodeURIComponent(auth).replaceAll('%3A', ':')}@` : '';
}

function hostOf(url) {
  const auth = encodedAuth(url.auth);
  if (url.host) return auth + url.host;
  if (!url.hostname) return '';
  const isV6 = url.hostname.includes(':') && !/^\[.*\]$/.test(url.hostname);
  return `${auth}${isV6 ? `[${url.hostname}]` : url.hostname}${url.port ? `:${url.port}` : ''}`;
}

Url.prototype.format = function() {
  let protocol = this.protocol || '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  let pathname = (this.pathname || '').replace(/[#?]/g, percent);
  let hash = this.hash || '';
  let host = hostOf(this);
  const query = this.query !== null && typeof this.query === 'object' ? stringifyQuery(this.query) : '';
  let search = this.search || (query && `?${query}`) || '';
  if (this.slashes || isSlashed(protocol)) {
    if (this.slashes || host) {
      if (pathname && !pathname.startsWith('/')) pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (protocol === 'file:') {
      host = '//';
    }
  }
  search = search.replaceAll('#', '%23');
  if (hash && !hash.startsWith('#')) hash = `#${hash}`;
  if (search && !search.startsWith('?')) search = `?${search}`;
  return protocol + host + pathname + search + hash;
};

Url.prototype.resolve = function(relative) {
  return this.resolveObject(parse(relative, false, true)).format();
};

/** A host that is written in front of the path, as those of unknown schemes are. */
function putHostBefore(path, host) {
  if (!host) return;
  if (path[0] === '') path[0] = host;
  else path.unshift(host);
}

/** And how it gets out of there again, with its user. */
function takeHostOff(url, host) {
  [url.host, url.hostname] = [host, host];
  const at = host ? host.indexOf('@') : -1;
  if (at > 0) {
    url.auth = host.slice(0, at);
    [url.host, url.hostname] = Array(2).fill(host.slice(at + 1).split('@')[0]);
  }
}

function finished(url) {
  url.href = url.format();
  return url;
}

function setPath(url) {
  if (url.pathname !== null || url.search !== null) {
    url.path = `${url.pathname || ''}${url.search || ''}`;
  }
}

/** Another scheme: only those with slashes are looked into. */
function resolveOther(result, relative) {
  if (!isSlashed(relative.protocol)) {
    Object.assign(result, relative);
    return finished(result);
  }
  result.protocol = relative.protocol;
  result.pathname = relative.pathname;
  if (!relative.host && relative.protocol !== 'file:' && !isHostless(relative.protocol)) {
    // The first component that is not empty is the host.
    const path = (relative.pathname || '').split('/');
    relative.host = path.find(Boolean) ?? '';
    path.splice(0, relative.host === '' ? path.length : path.indexOf(relative.host) + 1);
    relative.hostname ??= '';
    if (path[0] !== '') path.unshift('');
    if (path.length < 2) path.unshift('');
    result.pathname = path.join('/');
  }
  for (const name of ['search', 'query', 'auth', 'port']) result[name] = relative[name];
  result.host = relative.host || '';
  result.hostname = relative.hostname || relative.host;
  if (result.pathname || result.search) {
    result.path = `${result.pathname || ''}${result.search || ''}`;
  }
  result.slashes = result.slashes || relative.slashes;
  return finished(result);
}

/** Takes `.` and `..` out of the components; how many levels more they go up. */
function withoutDots(path) {
  let up = 0;
  for (let index = path.length - 1; index >= 0; index--) {
    const part = path[index];
    if (part === '.') {
      path.splice(index, 1);
    } else if (part === '..') {
      path.splice(index, 1);
      up++;
    } else if (up > 0) {
      path.splice(index, 1);
      up--;
    }
  }
  return up;
}

Url.prototype.resolveObject = function(given) {
  const relative = typeof given === 'string' ? parse(given, false, true) : given;
  const result = Object.assign(new Url(), this);
  result.hash = relative.hash;
  if (relative.href === '') return finished(result);
  if (relative.slashes && !relative.protocol) {
    const { protocol, ...rest } = relative;
    Object.assign(result, rest);
    if (isSlashed(result.protocol) && result.hostname && !result.pathname) {
      [result.path, result.pathname] = ['/', '/'];
    }
    return finished(result);
  }
  if (relative.protocol && relative.protocol !== result.protocol) return resolveOther(result, relative);
  return resolveSame(result, relative);
};

function resolveSame(result, relative) {
  const isAbsolute = relative.host || relative.pathname?.startsWith('/');
  const mustBeAbsolute = isAbsolute || result.pathname?.startsWith('/')
    || (result.host && relative.pathname);
  let endsAbsolute = mustBeAbsolute;
  let path = result.pathname ? result.pathname.split('/') : [];
  const other = relative.pathname ? relative.pathname.split('/') : [];
  // Where the scheme has no slashes, the host is a component as any other.
  const hostInPath = result.protocol && !isSlashed(result.protocol);
  if (hostInPath) {
    [result.hostname, result.port] = ['', null];
    putHostBefore(path, result.host);
    result.host = '';
    if (relative.protocol) {
      [relative.hostname, relative.port, result.auth] = [null, null, null];
      putHostBefore(other, relative.host);
      relative.host = null;
    }
    endsAbsolute = endsAbsolute && (other[0] === '' || path[0] === '');
  }
  if (isAbsolute) {
    takeAbsolute(result, relative);
    path = other;
  } else if (other.length > 0) {
    path.pop();
    path = [...path, ...other];
    [result.search, result.query] = [relative.search, relative.query];
  } else if (relative.search !== null && relative.search !== undefined) {
    if (hostInPath) takeHostOff(result, path.shift());
    [result.search, result.query] = [relative.search, relative.query];
    setPath(result);
    return finished(result);
  }
  if (path.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    return finished(result);
  }
  const last = path.at(-1);
  const endsWithSlash = last === ''
    || ((result.host || relative.host || path.length > 1) && (last === '.' || last === '..'));
  let up = withoutDots(path);
  if (!endsAbsolute && !mustBeAbsolute) for (; up > 0; up--) path.unshift('..');
  if (endsAbsolute && path[0] !== '' && !path[0]?.startsWith('/')) path.unshift('');
  if (endsWithSlash && !path.join('/').endsWith('/')) path.push('');
  const startsWithSlash = path[0] === '' || path[0]?.startsWith('/');
  if (hostInPath) takeHostOff(result, startsWithSlash ? '' : path.shift() ?? '');
  endsAbsolute = endsAbsolute || (result.host && path.length > 0);
  if (endsAbsolute && !startsWithSlash) path.unshift('');
  if (path.length === 0) [result.pathname, result.path] = [null, null];
  else result.pathname = path.join('/');
  setPath(result);
  result.auth = relative.auth || result.auth;
  result.slashes = result.slashes || relative.slashes;
  return finished(result);
}

function takeAbsolute(result, relative) {
  if (relative.host || relative.host === '') {
    if (result.host !== relative.host) result.auth = null;
    [result.host, result.port] = [relative.host, relative.port];
  }
  if (relative.hostname || relative.hostname === '') {
    if (result.hostname !== relative.hostname) result.auth = null;
    result.hostname = relative.hostname;
  }
  [result.search, result.query] = [relative.search, relative.query];
}

export function parse(url, parseQueryString, slashesDenoteHost) {
  if (url instanceof Url) return url;
  return new Url().parse(url, parseQueryString, slashesDenoteHost);
}

export function resolve(from, to) {
  return parse(from, false, true).resolve(to);
}

export function resolveObject(from, to) {
  return from ? parse(from, false, true).resolveObject(to) : to;
}

function formatStandard(url, options) {
  if (options !== undefined && options !== null) checkObject(options, 'options');
  const { fragment = true, unicode = false, search = true, auth = true } = options ?? {};
  let text = url.protocol;
  if (url.host !== '' || url.protocol === 'file:') {
    text += '//';
    if (auth && (url.username !== '' || url.password !== '')) {
      text += `${url.username}${url.password === '' ? '' : `:${url.password}`}@`;
    }
    text += unicode ? domainToUnicode(url.hostname) : url.hostname;
    if (url.port !== '') text += `:${url.port}`;
  } else if (url.pathname.startsWith('//')) {
    text += '/.';
  }
  text += url.pathname;
  if (search) text += url.search;
  if (fragment) text += url.hash;
  return text;
}

export function format(urlObject, options) {
  if (typeof urlObject === 'string') return parse(urlObject).format();
  if (typeof urlObject !== 'object' || urlObject === null) {
    throw wrongType('urlObject', 'one of type object or string', urlObject);
  }
  if (urlObject instanceof URL) return formatStandard(urlObject, options);
  return Url.prototype.format.call(urlObject);
}

/** What `http.request` takes, of a URL. */
export function urlToHttpOptions(url) {
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: hostname?.startsWith('[') ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) {
    options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  }
  return options;
}
