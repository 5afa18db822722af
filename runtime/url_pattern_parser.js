// url_pattern_parser: a pattern string as tokens, as parts, and as a regular expression.
// https://urlpattern.spec.whatwg.org/#patterns

import { coded } from 'internal:errors';

const START = /^[\p{ID_Start}$_]$/u;
const CONTINUE = /^[\p{ID_Continue}$\u200c\u200d]$/u;
const ANYTHING = '.*';
const modifiers = { '?': 'optional', '*': 'zero or more', '+': 'one or more' };

function invalid(message) {
  return coded(TypeError, 'ERR_INVALID_URL_PATTERN', message);
}

/** Whether a character can continue a name. */
export function isName(character) {
  return CONTINUE.test(character);
}

/** The tokens of a pattern; a lenient reader takes what is wrong for a character. */
export function tokens(input, lenient = false) {
  const list = [];
  let index = 0;
  const add = (type, end, value) => {
    list.push({ type, index, value });
    index = end;
  };
  while (index < input.length) {
    const character = String.fromCodePoint(input.codePointAt(index));
    const next = index + character.length;
    const simple = { '*': 'asterisk', '+': 'modifier', '?': 'modifier', '{': 'open', '}': 'close' };
    if (Object.hasOwn(simple, character)) {
      add(simple[character], next, character);
      continue;
    }
    let end = next;
    let type = 'char';
    let value = character;
    if (character === '\\') [type, end, value] = escapedAt(input, next);
    else if (character === ':') [type, end, value] = nameAt(input, next);
    else if (character === '(') [type, end, value] = regexpAt(input, next);
    if (end === undefined) {
      if (!lenient) throw invalid(`Invalid pattern '${input}' at ${index}: ${value}`);
      add('invalid', next, character);
      continue;
    }
    add(type, end, value);
  }
  list.push({ type: 'end', index, value: '' });
  return list;
}

function escapedAt(input, from) {
  if (from >= input.length) return ['escaped', undefined, 'nothing follows a backslash'];
  const value = String.fromCodePoint(input.codePointAt(from));
  return ['escaped', from + value.length, value];
}

function nameAt(input, from) {
  let end = from;
  while (end < input.length) {
    const character = String.fromCodePoint(input.codePointAt(end));
    if (!(end === from ? START : CONTINUE).test(character)) break;
    end += character.length;
  }
  return end === from ? ['name', undefined, 'a name is missing'] : ['name', end, input.slice(from, end)];
}

function regexpAt(input, from) {
  const fault = (why) => ['regexp', undefined, why];
  let depth = 1;
  for (let at = from; at < input.length; at++) {
    const character = input[at];
    if (character > '\x7f') return fault('a group has characters that are not ASCII');
    if (at === from && character === '?') return fault('a group begins with ?');
    if (character === '\\') {
      at++;
      if (at >= input.length) return fault('nothing follows a backslash');
      if (input[at] > '\x7f') return fault('a group has characters that are not ASCII');
    } else if (character === ')') {
      depth--;
      if (depth > 0) continue;
      if (at === from) return fault('a group is empty');
      return ['regexp', at + 1, input.slice(from, at)];
    } else if (character === '(') {
      depth++;
      // Groups inside must not capture.
      if (input[at + 1] !== '?') return fault('a group captures inside of a group');
    }
  }
  return fault('a group has no end');
}

/** The parts of a pattern. */
class PatternParser {
  #tokens;
  #callback;
  #options;
  #parts = [];
  #fixed = '';
  #at = 0;
  #number = 0;

  constructor(input, callback, options) {
    this.#tokens = tokens(input);
    this.#callback = callback;
    this.#options = options;
  }

  parse() {
    while (this.#at < this.#tokens.length) {
      const character = this.#take('char');
      const name = this.#take('name');
      const matcher = this.#takeMatcher(name);
      if (name !== undefined || matcher !== undefined) {
        let prefix = character?.value ?? '';
        if (prefix !== '' && prefix !== this.#options.prefix) {
          this.#fixed += prefix;
          prefix = '';
        }
        this.#addFixed();
        this.#add(prefix, name, matcher, '', this.#takeModifier());
        continue;
      }
      const text = character ?? this.#take('escaped');
      if (text !== undefined) {
        this.#fixed += text.value;
        continue;
      }
      if (this.#take('open') !== undefined) {
        const prefix = this.#takeText();
        const inner = this.#take('name');
        const innerMatcher = this.#takeMatcher(inner);
        const suffix = this.#takeText();
        this.#need('close');
        this.#add(prefix, inner, innerMatcher, suffix, this.#takeModifier());
        continue;
      }
      this.#addFixed();
      this.#need('end');
    }
    return this.#parts;
  }

  #take(type) {
    const token = this.#tokens[this.#at];
    if (token?.type !== type) return undefined;
    this.#at++;
    return token;
  }

  #need(type) {
    if (this.#take(type) !== undefined) return;
    const { value, index } = this.#tokens[this.#at];
    throw invalid(`Invalid pattern: unexpected '${value}' at ${index}`);
  }

  #takeMatcher(name) {
    return this.#take('regexp') ?? (name === undefined ? this.#take('asterisk') : undefined);
  }

  #takeModifier() {
    const token = this.#take('modifier') ?? this.#take('asterisk');
    return token?.value ?? '';
  }

  #takeText() {
    let text = '';
    for (;;) {
      const token = this.#take('char') ?? this.#take('escaped');
      if (token === undefined) return text;
      text += token.value;
    }
  }

  #addFixed() {
    if (this.#fixed === '') return;
    const value = this.#callback(this.#fixed);
    this.#fixed = '';
    this.#push({ type: 'fixed', value });
  }

  #push(part) {
    this.#parts.push({ name: '', prefix: '', suffix: '', modifier: '', ...part });
  }

  #add(prefix, nameToken, matcher, suffix, modifier) {
    if (nameToken === undefined && matcher === undefined) {
      if (modifier === '') {
        this.#fixed += prefix;
        return;
      }
      this.#addFixed();
      if (prefix !== '') this.#push({ type: 'fixed', value: this.#callback(prefix), modifier });
      return;
    }
    this.#addFixed();
    let type = 'regexp';
    let value = matcher?.value ?? '';
    if (matcher === undefined || value === segment(this.#options)) [type, value] = ['segment', ''];
    else if (matcher.type === 'asterisk' || value === ANYTHING) [type, value] = ['full', ''];
    const name = nameToken?.value ?? String(this.#number++);
    if (this.#parts.some((part) => part.name === name)) {
      throw invalid(`Invalid pattern: the name '${name}' stands there twice`);
    }
    this.#push({
      type,
      value,
      name,
      prefix: this.#callback(prefix),
      suffix: this.#callback(suffix),
      modifier,
    });
  }
}

function segment({ delimiter }) {
  return `[^${regexpText(delimiter)}]+?`;
}

function regexpText(text) {
  return text.replace(/[.+*?^${}()[\]|/\\]/g, '\\$&');
}

function patternText(text) {
  return text.replace(/[+*?:{}()\\]/g, '\\$&');
}

function matcherOf(part, options) {
  if (part.type === 'segment') return segment(options);
  return part.type === 'full' ? ANYTHING : part.value;
}

function regexpOf(part, options) {
  const { modifier } = part;
  if (part.type === 'fixed') {
    const text = regexpText(part.value);
    return modifier === '' ? text : `(?:${text})${modifier}`;
  }
  const inner = matcherOf(part, options);
  const prefix = regexpText(part.prefix);
  const suffix = regexpText(part.suffix);
  const once = modifier === '' || modifiers[modifier] === 'optional';
  if (prefix === '' && suffix === '') {
    return once ? `(${inner})${modifier}` : `((?:${inner})${modifier})`;
  }
  if (once) return `(?:${prefix}(${inner})${suffix})${modifier}`;
  const many = `(?:${prefix}((?:${inner})(?:${suffix}${prefix}(?:${inner}))*)${suffix})`;
  return modifiers[modifier] === 'zero or more' ? `${many}?` : many;
}

/** The pattern again, from its parts. */
function patternOf(parts, options) {
  return parts.map((part, index) => {
    if (part.type === 'fixed') {
      const text = patternText(part.value);
      return part.modifier === '' ? text : `{${text}}${part.modifier}`;
    }
    const previous = parts[index - 1];
    const custom = !/^\d/.test(part.name);
    const grouped = needsGroup(part, previous, parts[index + 1], custom, options);
    let text = patternText(part.prefix);
    if (custom) text += `:${part.name}`;
    if (part.type === 'regexp') {
      text += `(${part.value})`;
    } else if (part.type === 'segment') {
      if (!custom) text += `(${segment(options)})`;
    } else if (!custom && (previous === undefined || previous.type === 'fixed'
      || previous.modifier !== '' || grouped || part.prefix !== '')) {
      text += '*';
    } else {
      text += `(${ANYTHING})`;
    }
    if (part.type === 'segment' && custom && part.suffix !== '' && isName(first(part.suffix))) {
      text += '\\';
    }
    text += patternText(part.suffix);
    return (grouped ? `{${text}}` : text) + part.modifier;
  }).join('');
}

function first(text) {
  return String.fromCodePoint(text.codePointAt(0));
}

/** Whether a part would be read as another one without braces. */
function needsGroup(part, previous, next, custom, { prefix }) {
  if (part.suffix !== '' || (part.prefix !== '' && part.prefix !== prefix)) return true;
  if (custom && part.type === 'segment' && part.modifier === '' && next !== undefined
    && next.prefix === '' && next.suffix === '') {
    if (next.type === 'fixed' ? isName(first(next.value)) : /^\d/.test(next.name)) return true;
  }
  return part.prefix === '' && previous?.type === 'fixed' && prefix !== ''
    && previous.value.endsWith(prefix);
}

/** A component: its regular expression, the names of its groups, and its normal form. */
export function compile(input, callback, options) {
  const parts = new PatternParser(input, callback, options).parse();
  const source = `^${parts.map((part) => regexpOf(part, options)).join('')}$`;
  let regexp;
  try {
    regexp = new RegExp(source, options.ignoreCase ? 'vi' : 'v');
  } catch (error) {
    throw invalid(`Invalid pattern '${input}': ${error.message}`);
  }
  return {
    regexp,
    names: parts.filter((part) => part.type !== 'fixed').map((part) => part.name),
    pattern: patternOf(parts, options),
    hasRegExpGroups: parts.some((part) => part.type === 'regexp'),
  };
}
