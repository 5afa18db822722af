// http_patterns: patterns of routes that are more than names and a star. Loaded with the first.
// https://urlpattern.spec.whatwg.org/

import { coded } from 'internal:errors';
import { compile } from 'internal:url_pattern_parser';
import { canonical } from 'ops:internal:url_pattern';

const PATHS = { delimiter: '/', prefix: '/' };

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// A group that is not there has no property.
function params(entries) {
  const there = entries.filter(([, value]) => value !== undefined);
  return Object.fromEntries(there.map(([name, value]) => [name, decoded(value)]));
}

function ofPath(pattern) {
  const { regexp, names } = compile(pattern, (text) => canonical('pathname', text), PATHS);
  return (path) => {
    const found = regexp.exec(path);
    return found === null ? null : params(names.map((name, index) => [name, found[index + 1]]));
  };
}

// Groups without a name are numbered in each part of a URL: those of the path count.
function ofUrl(pattern) {
  return (url) => {
    const found = pattern.exec(url);
    if (found === null) return null;
    const parts = ['protocol', 'hostname', 'port', 'search', 'hash'].map((part) => found[part]);
    const named = parts.flatMap(({ groups }) => Object.entries(groups))
      .filter(([name]) => !/^\d/.test(name));
    return params([...named, ...Object.entries(found.pathname.groups)]);
  };
}

function shown(pattern) {
  const { protocol, hostname, port, pathname, search } = pattern;
  return JSON.stringify({ protocol, hostname, port, pathname, search });
}

// How other libraries write a name, and a star.
const FOREIGN = /\/(?:\{(\w+)(\.{3})?\}|\[(\.{3})?(\w+)\]|<(?:(path:)|\w+:)?(\w+)>)(?=\/|$)/g;

// What can be meant by a pattern, but never is.
function checkMeaning(pattern, method) {
  const meant = pattern.replace(FOREIGN, (_, braced, ...rest) => {
    const [star, other, bracketed, path, angled] = rest;
    return star ?? other ?? path ? '/*' : `/:${braced ?? bracketed ?? angled}`;
  });
  const hint = meant !== pattern ? `has no name that starts with a colon: did you mean '${meant}'?`
    : /#|\?\w+=/.test(pattern) ? 'must be the path alone: look at req.query for the rest'
      : undefined;
  if (hint === undefined) return;
  throw coded(TypeError, 'ERR_INVALID_ARG_VALUE',
    `server.${method}: the pattern '${pattern}' ${hint}`);
}

/**
 * A function that matches the path, or the URL, of a request with a pattern and returns what stands
 * in the groups, or null; and the pattern as text.
 */
export function compilePattern(pattern, method) {
  if (typeof pattern === 'object') {
    if (typeof pattern.exec === 'function' && typeof pattern.pathname === 'string') {
      return [ofUrl(pattern), shown(pattern)];
    }
    const instead = pattern instanceof RegExp
      ? "a RegExp: write a group, as in '/users/:id(\\\\d+)'"
      : Array.isArray(pattern) ? 'an array: call it once for each' : 'an object';
    throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', `server.${method}: the pattern must be a path `
      + `such as '/chat/:room' or a URLPattern, not ${instead}`);
  }
  checkMeaning(pattern, method);
  try {
    return [ofPath(pattern), pattern];
  } catch (error) {
    let message = error.message.replace('Invalid pattern:', `Invalid pattern '${pattern}':`);
    // A group is a regular expression with the flag `v`.
    if (message.endsWith('Invalid class set character')) {
      message += String.raw`: inside of [ ], write \\/ for a slash, and so for ( ) [ ] { } - and |`;
    }
    throw coded(TypeError, 'ERR_INVALID_URL_PATTERN', `server.${method}: ${message}`);
  }
}
