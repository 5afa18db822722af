// Writes an app of many ES modules, and measures how long it takes from start to its first line.
//
//   node bench/modules.js [--modules 500] [--rounds 10] [--ts] [--keep DIR] [runtime ...]
//
// A runtime is a program that is given a file: krandog, node, bun. The modules are of the size and
// shape of those of an app: some import a few others, each has a class, functions and data. With
// `--ts` they are TypeScript. The figures are medians, in ms, with the files in the page cache.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    modules: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '10' },
    ts: { type: 'boolean', default: false },
    keep: { type: 'string' },
  },
});
const count = Number(values.modules);
const rounds = Number(values.rounds);
const ending = values.ts ? 'ts' : 'js';
const runtimes = positionals.length > 0 ? positionals : ['krandog', 'node', 'bun'];
const typed = (text) => (values.ts ? text : '');

/** Ten modules to a folder, ten folders to one above. */
const path = (number) => `part${Math.floor(number / 100)}/area${Math.floor(number / 10) % 10}/module${number}.${ending}`;

function specifier(from, to) {
  const up = '../../';
  return `${up}${path(to)}`;
}

function source(number) {
  // A tree, with some imports across it.
  const others = [10 * number + 1, 10 * number + 4, 10 * number + 7, (number * 7 + 3) % count]
    .filter((other) => other > number && other < count);
  const imports = Array.from(new Set(others));
  const lines = imports.map((other) => `import { Store${other}, sum${other} } from '${specifier(number, other)}';`);
  lines.push('', `const LIMIT_${number} = ${100 + number};`, '');
  lines.push(
    `/** Keeps what the part ${number} of the app knows. */`,
    `export class Store${number} {`,
    `  #items${typed(': Map<string, number>')} = new Map${typed('<string, number>')}();`,
    `  add(key${typed(': string')}, value${typed(': number')} = 1)${typed(': this')} {`,
    `    if (this.#items.size >= LIMIT_${number}) throw new RangeError(\`more than \${LIMIT_${number}} items\`);`,
    '    this.#items.set(key, (this.#items.get(key) ?? 0) + value);',
    '    return this;',
    '  }',
    `  get total()${typed(': number')} {`,
    '    let total = 0;',
    '    for (const value of this.#items.values()) total += value;',
    '    return total;',
    '  }',
    '}',
    '',
  );
  for (let n = 0; n < 6; n += 1) {
    lines.push(
      `export function transform${number}_${n}(list${typed(': number[]')}, options${typed(': { scale?: number; offset?: number }')} = {})${typed(': number[]')} {`,
      '  const { scale = 1, offset = 0 } = options;',
      '  // What is no number is left out, and the rest is put in its place.',
      '  return list',
      '    .filter((value) => Number.isFinite(value))',
      `    .map((value, index) => (index % ${n + 2} === 0 ? value * scale : value + offset))`,
      `    .slice(0, LIMIT_${number});`,
      '}',
      '',
    );
  }
  lines.push(`const messages${number} = {`);
  for (let n = 0; n < 12; n += 1) lines.push(`  'message-${number}-${n}': 'What is said of case ${n} in part ${number}',`);
  lines.push('};', '');
  const sums = imports.map((other) => ` + sum${other}() + new Store${other}().add('a').total`).join('');
  lines.push(`export const sum${number} = ()${typed(': number')} => Object.keys(messages${number}).length${sums};`, '');
  return lines.join('\n');
}

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'krandog-modules-'));
let bytes = 0;
const reached = new Set();
for (let number = 0; number < count; number += 1) {
  const text = source(number);
  const file = join(folder, path(number));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  bytes += text.length;
}
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
const all = Array.from({ length: count }, (_, number) => `import './${path(number)}';`);
const main = join(folder, `main.${ending}`);
writeFileSync(main, `${all.join('\n')}\nimport { sum0 } from './${path(0)}';\n\nconsole.log(sum0());\n`);

console.log(`${count} modules of ${Math.round(bytes / count)} bytes, ${rounds} rounds`);
const times = new Map(runtimes.map((runtime) => [runtime, []]));
for (let round = 0; round < rounds; round += 1) {
  for (const runtime of runtimes) {
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(runtime, [main], { encoding: 'utf8' });
    const time = performance.now() - start;
    if (status !== 0) throw new Error(`${runtime}: ${stderr}`);
    if (reached.add(stdout).size > 1) throw new Error(`${runtime} printed something else: ${stdout}`);
    times.get(runtime).push(time);
  }
}
for (const [runtime, list] of rounds > 0 ? times : []) {
  list.sort((a, b) => a - b);
  console.log(`${list[Math.floor(list.length / 2)].toFixed(1).padStart(8)}  ${runtime}`);
}
if (values.keep === undefined) rmSync(folder, { recursive: true });
