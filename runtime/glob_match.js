// Whether a path fits a pattern, for `path.matchesGlob`.
// https://nodejs.org/api/path.html#pathmatchesglobpath-pattern
//
// `*`, `?`, `[..]`, `{a,b}`, `**`, and alternatives in parentheses: `@(a|b)`, `?(..)`, `*(..)`, `+(..)`,
// `!(..)`. A name that begins with a dot fits only what begins with one too.

import { coded } from 'internal:errors';

// Alternatives multiply: a pattern of a program has a few.
const ALTERNATIVES_MAX = 1000;
const SPECIAL = /[.+^$()|\\{}[\]*?/-]/g;

const escaped = (text) => text.replace(SPECIAL, '\\$&');

/** The end of what is opened at `at`, or -1. */
function closing(text, at, open, close) {
  let depth = 0;
  for (let index = at; index < text.length; index++) {
    if (text[index] === open) depth++;
    else if (text[index] === close && --depth === 0) return index;
  }
  return -1;
}

/** The parts between separators that are not inside of anything. */
function split(text, separator) {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '{' || letter === '(') depth++;
    if (letter === '}' || letter === ')') depth--;
    if (letter === separator && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

function range(text) {
  const found = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])$/.exec(text);
  if (found === null) return undefined;
  const isNumber = /\d/.test(found[1]);
  if (isNumber !== /\d/.test(found[2])) return undefined;
  const [from, to] = found.slice(1).map((end) => (isNumber ? Number(end) : end.charCodeAt(0)));
  const count = Math.abs(to - from) + 1;
  if (count > ALTERNATIVES_MAX) throw tooMany();
  return Array.from({ length: count }, (_, index) => {
    const value = from + (to < from ? -index : index);
    return isNumber ? `${value}` : String.fromCharCode(value);
  });
}

function tooMany() {
  const message = `the pattern has more than ${ALTERNATIVES_MAX} alternatives`;
  return coded(RangeError, 'ERR_OUT_OF_RANGE', message);
}

/** The patterns that a pattern with braces stands for. */
function expanded(pattern) {
  for (let at = pattern.indexOf('{'); at >= 0; at = pattern.indexOf('{', at + 1)) {
    const end = closing(pattern, at, '{', '}');
    if (end < 0) break;
    const inside = pattern.slice(at + 1, end);
    const parts = split(inside, ',');
    const values = parts.length > 1 ? parts : range(inside);
    if (values === undefined) continue;
    const front = pattern.slice(0, at);
    const all = values.flatMap((value) => expanded(front + value + pattern.slice(end + 1)));
    if (all.length > ALTERNATIVES_MAX) throw tooMany();
    return all;
  }
  return [pattern];
}

function classOf(text) {
  const inside = text.replace(/^[!^]/, '');
  const names = { alpha: 'A-Za-z', digit: '0-9', alnum: 'A-Za-z0-9', lower: 'a-z', upper: 'A-Z', space: '\\s' };
  const body = inside.replace(/\[:(\w+):\]/g, (whole, name) => names[name] ?? whole).replace(/[\]\\^]/g, '\\$&');
  return `[${inside === text ? '' : '^/'}${body}]`;
}

/** The regular expression of one component. */
function component(text) {
  let source = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if ('@?*+!'.includes(letter) && text[at + 1] === '(') {
      const end = closing(text, at + 1, '(', ')');
      if (end > 0) {
        const inner = split(text.slice(at + 2, end), '|').map(component).join('|');
        if (letter === '!') source += `(?:(?!(?:${inner})${component(text.slice(end + 1))}$)[^/]*?)`;
        else source += `(?:${inner})${letter === '@' ? '' : letter}`;
        at = end;
        continue;
      }
    }
    if (letter === '*') {
      while (text[at + 1] === '*') at++;
      source += '[^/]*?';
    } else if (letter === '?') {
      source += '[^/]';
    } else if (letter === '[') {
      const end = text.indexOf(']', at + 2);
      if (end < 0) {
        source += '\\[';
      } else {
        const close = text.slice(at, end).includes('[:') ? text.indexOf(']', end + 1) : end;
        source += classOf(text.slice(at + 1, close));
        at = close;
      }
    } else {
      source += escaped(letter);
    }
  }
  return source;
}

function fits(names, parts) {
  if (parts.length === 0) return names.length === 0;
  const [part, ...rest] = parts;
  if (part === '**') {
    // Any number of components, none of which is hidden.
    for (let count = 0; ; count++) {
      if (fits(names.slice(count), rest)) return rest.length > 0 || names.length > 0;
      if (count >= names.length || names[count].startsWith('.')) return false;
    }
  }
  if (names.length === 0) return false;
  const [name, ...others] = names;
  const isPlain = !/[*?[(]/.test(part);
  if (name.startsWith('.') && !part.startsWith('.')) return false;
  const right = isPlain ? name === part : new RegExp(`^(?:${component(part)})$`).test(name);
  // A component that is nothing but stars stands for a name that is there.
  return right && !(name === '' && !isPlain) && fits(others, rest);
}

export function matches(path, pattern, isWindows) {
  const slashed = (text) => (isWindows ? text.replaceAll('\\', '/') : text);
  const names = slashed(path).split('/');
  return expanded(slashed(pattern)).some((each) => fits(names, each.split('/')));
}
