// The programs of README.md and docs/ have no fault for the TypeScript compiler. They are short, so
// it is told to be lenient: what may be undefined is not asked about.
// timeout: 180

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const pages = ['README.md', ...readdirSync(join(root, 'docs'), { recursive: true })
  // Troubleshooting is full of mistakes.
  .filter((name) => name.endsWith('.md') && name !== 'troubleshooting.md').map((name) => join('docs', name))];

/** Programs that make a mistake so that a page can show it. */
const isMistake = (comment) => /exit \d/.test(comment);
/** A handler that knows which kind of request it gets does not ask, and takes it apart. */
const isNarrowed = (text) => /TS2339: .* on type 'Request'/.test(text);
/** What pages do on purpose, though a type says that it is a mistake. */
const ON_PURPOSE = [
  ['docs/fast-scripts.md', 'TS2365'], // `new Date() > 0`, whose cost is shown
  ['docs/guide.md', 'TS18050'], // a property of undefined: a bug, for its reply
  ['docs/routes.md', 'TS2345'], // a field of a query that may be there twice is in no Map
];
const isMeant = (page, text) => ON_PURPOSE.some(([where, code]) => page === where && text.includes(code));

const folder = mkdtempSync(join(tmpdir(), 'krandog-pages-'));
const lines = new Map();
for (const page of pages) {
  const text = readFileSync(join(root, page), 'utf8');
  // A page may have two programs of one name, so each is in a folder with the files before it.
  const files = [];
  const blocks = text.matchAll(/((?:^<!-- test: [^\n]*-->\n)*)^```(\w+)\n(.*?)^```$/gms);
  for (const [whole, comment, language, body] of blocks) {
    const start = text.slice(0, whole.indexOf('```') + text.indexOf(whole)).split('\n').length;
    const [, file] = /file ([^;]+?) *(?:;|-->)/.exec(comment) ?? [];
    if (file !== undefined) files.push([file, body]);
    if (file !== undefined || !['js', 'ts'].includes(language) || isMistake(comment)) continue;
    const [, given] = /^\/\/ (\S+\.[jt]s)\n/.exec(body) ?? [];
    const name = given ?? `program.${language}`;
    const own = join(folder, page, String(start));
    for (const [other, content] of [...files, [name, body]]) {
      mkdirSync(dirname(join(own, other)), { recursive: true });
      writeFileSync(join(own, other), content);
    }
    lines.set(relative(folder, join(own, name)), [page, start]);
    files.push([name, body]);
  }
}

writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
  extends: join(here, 'examples.json'),
  compilerOptions: {
    allowImportingTsExtensions: true, erasableSyntaxOnly: true, resolveJsonModule: true, skipLibCheck: true,
    verbatimModuleSyntax: true, strict: false, noUncheckedIndexedAccess: false, exactOptionalPropertyTypes: false,
  },
  include: [],
  files: [join(root, 'runtime/krandog.d.ts'), ...lines.keys()],
}));
const tsc = join(here, '../node_modules/typescript/bin/tsc');
const { status, stdout } = spawnSync(process.execPath, [tsc, '--project', folder, '--pretty', 'false'], {
  encoding: 'utf8', cwd: folder,
});
rmSync(folder, { recursive: true });
if (lines.size < 100) throw new Error(`only ${lines.size} programs were found`);
let faults = 0;
for (const [, file, at, text] of stdout.matchAll(/^(\S+)\((\d+),\d+\): (.*)$/gm)) {
  // A file that several programs use is told of once, where it is.
  const [page, start] = lines.get(file) ?? [file, 0];
  if (isNarrowed(text) || isMeant(page, text) || (page === file && /\.js$/.test(file))) continue;
  console.log(`${page}:${start + Number(at)}: ${text}`);
  faults += 1;
}
if (status !== 0 && stdout === '') throw new Error('the compiler did not run');
process.exit(faults > 0 ? 1 : 0);
