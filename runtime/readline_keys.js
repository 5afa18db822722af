// Keys out of what a terminal sends, as 'keypress' events.
//
// Spec: https://nodejs.org/api/readline.html#readlineemitkeypresseventsstream-interface
// The sequences are those of ECMA-48 and of the terminals that there are.

import { wrongValue } from 'internal:errors';
import { StringDecoder } from 'string_decoder';

/** How long the rest of a sequence may take, without which an escape is the key. */
const ESCAPE_TIMEOUT_MS = 500;

const ESCAPE = '\x1b';
/** O and a letter; or brackets, numbers and a letter; or that much of it. */
const SEQUENCE = /^\x1b+(?:O\d*[A-Za-z]|\[\[[A-Za-z]|\[\d*(?:;\d+)*[~^$A-Za-z])/;
const BEGINNING = /^\x1b+(?:O\d*|\[\[|\[\d*(?:;\d*)*)?$/;

/** By the letter at the end. */
const BY_LETTER = {
  A: 'up', B: 'down', C: 'right', D: 'left', E: 'clear', F: 'end', H: 'home',
  P: 'f1', Q: 'f2', R: 'f3', S: 'f4', Z: 'tab', a: 'up', b: 'down', c: 'right', d: 'left',
  e: 'clear',
};
/** By the number before a tilde. */
const BY_NUMBER = {
  1: 'home', 2: 'insert', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end',
  11: 'f1', 12: 'f2', 13: 'f3', 14: 'f4', 15: 'f5', 17: 'f6', 18: 'f7', 19: 'f8', 20: 'f9',
  21: 'f10', 23: 'f11', 24: 'f12', 200: 'paste-start', 201: 'paste-end',
};
/** The console of Linux, after two brackets. */
const OF_LINUX = { A: 'f1', B: 'f2', C: 'f3', D: 'f4', E: 'f5' };

const decoders = new WeakMap();

export function emitKeypressEvents(stream, lines) {
  if (decoders.has(stream)) return;
  const { escapeCodeTimeout: wait } = lines;
  if (wait !== undefined && !Number.isFinite(wait)) {
    throw wrongValue('input.escapeCodeTimeout', wait);
  }
  const decoder = new StringDecoder('utf8');
  decoders.set(stream, decoder);
  let rest = '';
  let timer;
  const flush = () => {
    const waiting = rest;
    rest = '';
    emitKeys(stream, waiting, true);
  };
  const take = (chunk) => {
    if (stream.listenerCount('keypress') === 0) {
      stream.removeListener('data', take);
      stream.on('newListener', begin);
      return;
    }
    clearTimeout(timer);
    rest = emitKeys(stream, rest + decoder.write(chunk), false);
    if (rest !== '') timer = setTimeout(flush, wait ?? ESCAPE_TIMEOUT_MS);
  };
  const begin = (name) => {
    if (name !== 'keypress') return;
    stream.on('data', take);
    stream.removeListener('newListener', begin);
  };
  if (stream.listenerCount('keypress') > 0) stream.on('data', take);
  else stream.on('newListener', begin);
}

/** Emits the keys of a text, and returns what may be the beginning of one. */
function emitKeys(stream, text, all) {
  let at = 0;
  while (at < text.length) {
    const left = text.slice(at);
    const [character] = left;
    const sequence = character === ESCAPE ? escaped(left, all) : character;
    if (sequence === undefined) return left;
    at += sequence.length;
    const key = keyOf(sequence);
    const isText = sequence.length === 1 || [...sequence].length === 1;
    if (key.name !== undefined || sequence.length > 1 || isText) {
      stream.emit('keypress', isText && sequence !== ESCAPE ? sequence : undefined, key);
    }
  }
  return '';
}

/** The sequence that begins with an escape; undefined if more may follow. */
function escaped(text, all) {
  const [whole] = SEQUENCE.exec(text) ?? [];
  if (whole !== undefined) return whole;
  if (BEGINNING.test(text)) return all ? text : undefined;
  if (text.startsWith('\x1b[') || text.startsWith('\x1bO')) return text.slice(0, 3);
  const second = text.codePointAt(1);
  return second === 0x1b ? ESCAPE : ESCAPE + String.fromCodePoint(second);
}

function keyOf(sequence) {
  const key = { sequence, name: undefined, ctrl: false, meta: false, shift: false };
  if (/^\x1b+[O[]./.test(sequence)) return named(key);
  const isMeta = sequence.length > 1 && sequence[0] === ESCAPE;
  key.meta = isMeta || sequence === ESCAPE;
  const character = isMeta ? sequence.slice(1) : sequence;
  switch (character) {
    case '\r': key.name = 'return'; break;
    case '\n': key.name = 'enter'; break;
    case '\t': key.name = 'tab'; break;
    case '\b':
    case '\x7f': key.name = 'backspace'; break;
    case ESCAPE: key.name = 'escape'; break;
    case ' ': key.name = 'space'; break;
    default:
      if (character <= '\x1a') {
        key.name = String.fromCharCode(character.charCodeAt(0) + 0x60);
        key.ctrl = true;
      } else if (/^[0-9A-Za-z]$/.test(character)) {
        key.name = character.toLowerCase();
        key.shift = character !== key.name;
      }
  }
  return key;
}

/** A key with a name: what it is, and which others were held with it. */
function named(key) {
  const [, introducer, numbers, last] = /^\x1b+(O|\[\[|\[)([\d;]*)(.?)$/.exec(key.sequence);
  const [number, modifiers] = numbers.split(';');
  const held = (introducer === 'O' ? number : modifiers) || '1';
  const bits = Number(held) - 1;
  key.ctrl = Boolean(bits & 4);
  key.meta = Boolean(bits & 10);
  key.shift = Boolean(bits & 1);
  const isNumbered = '~^$'.includes(last);
  key.code = introducer + (isNumbered ? number : '') + last;
  if (introducer === '[[') key.name = OF_LINUX[last];
  else key.name = isNumbered ? BY_NUMBER[number] : BY_LETTER[last];
  key.name ??= 'undefined';
  // rxvt says it by the letter.
  if (introducer === '[' && /[a-e]/.test(last)) key.shift = true;
  if (introducer === 'O' && /[a-e]/.test(last)) key.ctrl = true;
  if (last === 'Z' || last === '$') key.shift = true;
  if (last === '^') key.ctrl = true;
  return key;
}
