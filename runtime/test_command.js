// `krandog test [FILE or DIR...]`: the program that the command line runs.

import process from 'process';
import { write } from 'ops:process';
import { setTimeout } from 'timers/promises';
import { findFiles, stampsOf } from 'internal:test';
import { NAMES, reporterOf } from 'internal:test_reporters';
import { availableParallelism } from 'os';
import { Runner } from 'internal:test_runner';

const FLAGS = ['bail', 'only', 'watch', 'update-snapshots'];
const VALUES = ['concurrency', 'filter', 'reporter', 'skip', 'test-timeout', 'timeout'];

// How often the files of a run are looked at, to run them again.
const LOOK_MS = 300;
const CONCURRENCY_MAX = 256;
const FILE_TIMEOUT_MS = 120_000;
const TIMEOUT_MS_MAX = 2 ** 31 - 1;

const HELP = `\
Usage: krandog test [options] [FILE or FOLDER]... [-- arguments]

Runs *.test.js, *_test.js and what is in test/ and tests/, a process for each file.

      --bail                 end with the first failure
      --concurrency N        files at a time: as many as there are processors
      --filter PATTERN       only tests whose names match; may be given again
      --only                 only tests that are marked so
      --reporter NAME        ${NAMES.join(', ')}
      --skip PATTERN         no tests whose names match; may be given again
      --test-timeout MS      for a test that says nothing else
      --timeout MS           for a file: 120000
      --update-snapshots     write snapshots anew
      --watch                run again when a file changes
`;

function fail(message) {
  write(2, `krandog: test: ${message}\nTry 'krandog test --help' for more.\n`);
  process.exit(2);
}

/** What stands on the command line. */
function parse(args) {
  const given = { paths: [], filter: [], skip: [], args: [] };
  while (args.length > 0) {
    const argument = args.shift();
    if (argument === '-h' || argument === '--help') {
      write(1, HELP);
      process.exit(0);
    }
    if (argument === '--') {
      given.args = args.splice(0);
    } else if (!argument.startsWith('-')) {
      given.paths.push(argument);
    } else {
      const [, name, value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(argument) ?? [];
      if (FLAGS.includes(name) && value === undefined) {
        given[name] = true;
      } else if (VALUES.includes(name)) {
        const text = value ?? args.shift() ?? fail(`option '--${name}' needs a value`);
        if (Array.isArray(given[name])) given[name].push(text);
        else given[name] = text;
      } else {
        const known = [...FLAGS, ...VALUES].sort().map((one) => `--${one}`).join(', ');
        fail(`there is no option '${argument}' (known: ${known})`);
      }
    }
  }
  return given;
}

function whole(given, name, most, otherwise) {
  const text = given[name];
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > most) {
    fail(`option '--${name}' needs a number from 1 to ${most}, not '${text}'`);
  }
  return number;
}

function checkPatterns(name, patterns) {
  for (const text of patterns) {
    try {
      const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [];
      RegExp(source ?? text, flags);
    } catch (error) {
      fail(`option '--${name}' is no regular expression: ${error.message}`);
    }
  }
}

const given = parse(process.argv.slice(2));
const isTerminal = Boolean(process.stdout.isTTY);
const reporterName = given.reporter ?? (isTerminal ? 'spec' : 'tap');
if (!NAMES.includes(reporterName)) {
  fail(`there is no reporter '${reporterName}' (known: ${NAMES.join(', ')})`);
}
checkPatterns('filter', given.filter);
checkPatterns('skip', given.skip);
const settings = {
  concurrency: whole(given, 'concurrency', CONCURRENCY_MAX, availableParallelism()),
  timeout: whole(given, 'timeout', TIMEOUT_MS_MAX, FILE_TIMEOUT_MS),
  bail: given.bail ?? false,
  args: given.args,
  worker: {
    filter: given.filter,
    skipFilter: given.skip,
    only: given.only ?? false,
    bail: given.bail ?? false,
    update: given['update-snapshots'] ?? false,
    watch: given.watch ?? false,
    testTimeout: whole(given, 'test-timeout', TIMEOUT_MS_MAX, undefined),
  },
};

async function files() {
  try {
    return await findFiles(given.paths);
  } catch (error) {
    if (error.code === 'ENOENT') fail(`there is no file or folder '${error.path}'`);
    return fail(error.message);
  }
}

/** Runs all files once. */
async function once(all) {
  const runner = new Runner(all, settings);
  const reporter = reporterOf(reporterName, {
    colors: process.stdout.hasColors(),
    write: (text) => write(1, text),
    files: all.length > 1,
    cwd: process.cwd(),
  });
  for await (const { type, data } of runner.events()) reporter.event(type, data);
  reporter.end();
  return runner;
}

const found = await files();
if (found.length === 0) {
  const where = given.paths.length === 0 ? 'here' : `in ${given.paths.join(', ')}`;
  fail(`there are no tests ${where}: they are in *.test.js, *_test.js, test/ or tests/`);
}
const runner = await once(found);
if (!given.watch) {
  process.exitCode = runner.success ? 0 : 1;
} else {
  // A file that cannot be loaded any more says nothing of what it has loaded.
  const known = new Set();
  for (let latest = runner, all = found; ;) {
    for (const file of latest.loaded) known.add(file);
    const watched = [...new Set([...all, ...known])];
    const before = await stampsOf(watched);
    write(1, `\nwatching ${watched.length} file${watched.length === 1 ? '' : 's'}\n`);
    let current = all;
    for (;;) {
      await setTimeout(LOOK_MS);
      current = await files();
      if (current.join() !== all.join() || await stampsOf(watched) !== before) break;
    }
    all = current;
    write(1, '\n');
    latest = await once(all);
  }
}
