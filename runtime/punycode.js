// punycode: names of hosts in ASCII. Node has deprecated the module; packages of old ask for it.
//
// Spec: https://www.rfc-editor.org/rfc/rfc3492 and https://nodejs.org/api/punycode.html

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const BIAS = 72;
const FIRST = 128;
const LARGEST = 2147483647;
const DOTS = /[\u3002\uFF0E\uFF61]/g;

// RFC 3492 6.1
function adapted(delta, count, isFirst) {
  let rest = isFirst ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor((BASE - T_MIN + 1) * rest / (rest + SKEW));
}

const threshold = (k, bias) => Math.min(Math.max(k - bias, T_MIN), T_MAX);

function digitOf(code) {
  if (code >= 48 && code < 58) return code - 22;
  const lower = code | 32;
  return lower >= 97 && lower < 123 ? lower - 97 : BASE;
}

const letterOf = (digit) => String.fromCharCode(digit < 26 ? digit + 97 : digit + 22);

function invalid() {
  return new RangeError('Invalid input');
}

// RFC 3492 6.2
export function decode(text) {
  const input = `${text}`;
  const basic = Math.max(input.lastIndexOf('-'), 0);
  const output = Array.from(input.slice(0, basic), (letter) => letter.charCodeAt(0));
  if (output.some((code) => code >= FIRST)) {
    throw new RangeError('Illegal input >= 0x80 (not a basic code point)');
  }
  let [code, at, bias] = [FIRST, 0, BIAS];
  for (let index = basic > 0 ? basic + 1 : 0; index < input.length;) {
    const before = at;
    for (let [weight, k] = [1, BASE]; ; k += BASE) {
      if (index >= input.length) throw invalid();
      const digit = digitOf(input.charCodeAt(index++));
      if (digit >= BASE) throw invalid();
      at += digit * weight;
      if (at > LARGEST) throw new RangeError('Overflow: input needs wider integers to process');
      const t = threshold(k, bias);
      if (digit < t) break;
      weight *= BASE - t;
    }
    const count = output.length + 1;
    bias = adapted(at - before, count, before === 0);
    code += Math.floor(at / count);
    at %= count;
    if (code > 0x10ffff) throw invalid();
    output.splice(at++, 0, code);
  }
  return String.fromCodePoint(...output);
}

// RFC 3492 6.3
export function encode(text) {
  const input = ucs2.decode(`${text}`);
  let output = input.filter((code) => code < FIRST).map((code) => String.fromCharCode(code)).join('');
  const basic = output.length;
  let handled = basic;
  if (basic > 0) output += '-';
  let [code, delta, bias] = [FIRST, 0, BIAS];
  while (handled < input.length) {
    const next = input.reduce((least, each) => (each >= code && each < least ? each : least), LARGEST);
    delta += (next - code) * (handled + 1);
    if (delta > LARGEST) throw new RangeError('Overflow: input needs wider integers to process');
    code = next;
    for (const each of input) {
      if (each < code) delta++;
      if (each !== code) continue;
      let q = delta;
      for (let k = BASE; ; k += BASE) {
        const t = threshold(k, bias);
        if (q < t) break;
        output += letterOf(t + (q - t) % (BASE - t));
        q = Math.floor((q - t) / (BASE - t));
      }
      output += letterOf(q);
      bias = adapted(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
    delta++;
    code++;
  }
  return output;
}

/** Each label of a name, or of what is after the `@` of an address. */
function mapLabels(name, change) {
  const parts = `${name}`.split('@');
  const user = parts.length > 1 ? `${parts[0]}@` : '';
  const labels = parts[parts.length > 1 ? 1 : 0].replace(DOTS, '.').split('.');
  return user + labels.map(change).join('.');
}

export function toUnicode(name) {
  return mapLabels(name, (label) => (
    label.startsWith('xn--') ? decode(label.slice(4).toLowerCase()) : label
  ));
}

export function toASCII(name) {
  return mapLabels(name, (label) => (/[^\0-\x7f]/.test(label) ? `xn--${encode(label)}` : label));
}

export const ucs2 = {
  decode: (text) => Array.from(text, (character) => character.codePointAt(0)),
  encode: (codes) => String.fromCodePoint(...codes),
};

export const version = '2.1.0';

export default { decode, encode, toASCII, toUnicode, ucs2, version };
