// The text of a `.env` file: names and values.
// https://nodejs.org/api/util.html#utilparseenvcontent

import { checkString } from 'internal:errors';

const SPACE = /[ \t\r\f\v]/;

/** Where the line ends that `at` is in. */
function endOfLine(text, at) {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** The value that begins at `at`, and where the next line begins. */
function valueAt(text, at) {
  let start = at;
  while (SPACE.test(text[start] ?? '')) start++;
  const quote = text[start];
  if (quote === '"' || quote === "'" || quote === '`') {
    const close = text.indexOf(quote, start + 1);
    if (close > 0) {
      const inside = text.slice(start + 1, close);
      const value = quote === '"' ? inside.replaceAll('\\n', '\n') : inside;
      return [value, endOfLine(text, close) + 1];
    }
  }
  const end = endOfLine(text, start);
  const line = text.slice(start, end);
  const comment = line.indexOf('#');
  return [(comment < 0 ? line : line.slice(0, comment)).trim(), end + 1];
}

export function parseEnv(content) {
  checkString(content, 'content');
  const text = content.replaceAll('\r\n', '\n');
  const parsed = {};
  for (let at = 0; at < text.length;) {
    const end = endOfLine(text, at);
    const line = text.slice(at, end);
    const equals = line.indexOf('=');
    if (equals < 0 || /^\s*#/.test(line)) {
      at = end + 1;
      continue;
    }
    const name = line.slice(0, equals).trim().replace(/^export\s+/, '');
    const [value, next] = valueAt(text, at + equals + 1);
    if (name !== '') parsed[name] = value;
    at = next;
  }
  return parsed;
}
