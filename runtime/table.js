// table: rows and columns in a frame, for console.table.

import { checkArray } from 'internal:errors';
import { inspect } from 'internal:inspect';
import { width } from 'ops:internal:inspect';

function cellText(value, colors) {
  const shallow = value !== null && typeof value === 'object' && !Array.isArray(value)
    && Object.keys(value).length > 2;
  return inspect(value, {
    colors, maxArrayLength: 3, breakLength: Infinity, depth: shallow ? -1 : 0,
  });
}

function framed(head, rows) {
  const widths = head.map((title, column) => (
    Math.max(width(title), ...rows.map((row) => width(row[column] ?? ''))) + 2
  ));
  const rule = (left, cross, right) => (
    left + widths.map((size) => '─'.repeat(size)).join(cross) + right
  );
  const line = (cells) => {
    const padded = widths.map((size, column) => {
      const cell = cells[column] ?? '';
      return ` ${cell}${' '.repeat(size - width(cell) - 1)}`;
    });
    return `│${padded.join('│')}│`;
  };
  return [
    rule('┌', '┬', '┐'),
    line(head),
    rule('├', '┼', '┤'),
    ...rows.map(line),
    rule('└', '┴', '┘'),
  ].join('\n');
}

/** The rows of anything that has some: `[index, value]`, and what the index is called. */
function rowsOf(data) {
  if (data instanceof Map) {
    const rows = [...data].map(([key, value], index) => [String(index), value, key]);
    return { title: '(iteration index)', rows, keyed: true };
  }
  if (data instanceof Set) {
    return { title: '(iteration index)', rows: [...data].map((value, at) => [String(at), value]) };
  }
  return { title: '(index)', rows: Object.keys(data).map((key) => [key, data[key]]) };
}

/** The text of the table; undefined for what has no rows. */
export function table(data, columns, colors = false) {
  if (columns !== undefined) checkArray(columns, 'columns');
  if (data === null || typeof data !== 'object') return undefined;
  const { title, rows, keyed } = rowsOf(data);
  const names = columns?.map(String) ?? [];
  let values = false;
  for (const [, value] of rows) {
    const isObject = value !== null && (typeof value === 'object' || typeof value === 'function');
    if (!isObject || keyed || title !== '(index)') values = true;
    else if (columns === undefined) {
      for (const name of Object.keys(value)) if (!names.includes(name)) names.push(name);
    }
  }
  const head = [title, ...(keyed ? ['Key'] : []), ...names, ...(values ? ['Values'] : [])];
  const body = rows.map(([index, value, key]) => {
    const isObject = value !== null && (typeof value === 'object' || typeof value === 'function');
    const whole = !isObject || keyed || title !== '(index)';
    const cells = names.map((name) => (
      !whole && Object.hasOwn(value, name) ? cellText(value[name], colors) : ''
    ));
    const last = whole && values ? [cellText(value, colors)] : [];
    return [index, ...(keyed ? [cellText(key, colors)] : []), ...cells, ...last];
  });
  return framed(head, body);
}
