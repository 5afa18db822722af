// The difference of two texts, line by line: what `assert` shows of values that are not equal.

// Of lines in a difference, and of characters in a line.
const LINES_MAX = 200;
const LINE_UNITS_MAX = 500;
// Lines around a difference that are shown.
const AROUND = 3;
// Beyond so many differences nobody looks for what they have in common.
const EDITS_MAX = 500;

function cut(line) {
  if (line.length <= LINE_UNITS_MAX) return line;
  return `${line.slice(0, LINE_UNITS_MAX)}... ${line.length - LINE_UNITS_MAX} more characters`;
}

/** The steps from `a` to `b`, each a sign and a line; after Myers, from the end back. */
function edits(a, b) {
  const most = Math.min(a.length + b.length, EDITS_MAX);
  const traces = [];
  let far = new Map([[1, 0]]);
  for (let count = 0; count <= most; count++) {
    traces.push(new Map(far));
    for (let k = -count; k <= count; k += 2) {
      const down = k === -count || (k !== count && (far.get(k - 1) ?? -1) < (far.get(k + 1) ?? -1));
      let x = down ? far.get(k + 1) ?? 0 : (far.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && x - k >= 0 && a[x] === b[x - k]) x += 1;
      far.set(k, x);
      if (x >= a.length && x - k >= b.length) return walk(a, b, traces);
    }
  }
  return undefined;
}

function walk(a, b, traces) {
  const steps = [];
  let [x, y] = [a.length, b.length];
  for (let count = traces.length - 1; count >= 0; count--) {
    const far = traces[count];
    const k = x - y;
    const down = k === -count || (k !== count && (far.get(k - 1) ?? -1) < (far.get(k + 1) ?? -1));
    const from = down ? k + 1 : k - 1;
    const startX = count === 0 ? 0 : far.get(from) ?? 0;
    const startY = count === 0 ? 0 : startX - from;
    while (x > startX && y > startY && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
      x -= 1;
      y -= 1;
      steps.push([' ', a[x]]);
    }
    if (count === 0) break;
    if (down) {
      y -= 1;
      steps.push(['-', b[y]]);
    } else {
      x -= 1;
      steps.push(['+', a[x]]);
    }
  }
  return steps.reverse();
}

function stepsOf(a, b) {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start
    && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const middle = edits(left, right)
    ?? [...left.map((line) => ['+', line]), ...right.map((line) => ['-', line])];
  const same = (line) => [' ', line];
  return [...a.slice(0, start).map(same), ...middle, ...a.slice(a.length - end).map(same)];
}

/** Lines that both have are ` `; `+` are those of `actual` alone, `-` those of `expected`. */
export function diff(actual, expected, paint = (_, line) => line) {
  const steps = stepsOf(actual.split('\n'), expected.split('\n'));
  const near = new Array(steps.length).fill(false);
  steps.forEach(([sign], at) => {
    if (sign === ' ') return;
    const last = Math.min(at + AROUND, steps.length - 1);
    for (let other = Math.max(at - AROUND, 0); other <= last; other++) near[other] = true;
  });
  // A gap of one line is no shorter than the line.
  for (let at = 1; at < near.length - 1; at++) {
    if (!near[at] && near[at - 1] && near[at + 1]) near[at] = true;
  }
  if (near.length > 0 && near[1]) near[0] = true;
  if (near.length > 0 && near[near.length - 2]) near[near.length - 1] = true;
  const lines = [];
  let gap = false;
  for (const [at, [sign, line]] of steps.entries()) {
    if (!near[at]) {
      if (!gap) lines.push('...');
      gap = true;
      continue;
    }
    gap = false;
    const text = `${sign} ${cut(line)}`;
    lines.push(sign === ' ' ? text : paint(sign, text));
  }
  if (lines.length <= LINES_MAX) return lines.join('\n');
  const half = LINES_MAX / 2;
  const left = lines.length - LINES_MAX;
  return [...lines.slice(0, half), `... ${left} more lines`, ...lines.slice(-half)].join('\n');
}
