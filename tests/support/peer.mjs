// What the Node.js tests share: krandog as a child process, and a small runner of checks.

import assert from 'node:assert';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const tests = new URL('../', import.meta.url);
const children = new Set();

process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));
// Whoever ends a test asks politely first, so that it can end what it has started.
process.on('SIGTERM', () => process.exit(1));

export const equal = assert.deepStrictEqual;

const certificates = new URL('certificates/', tests);
/** A test of plain connections may be run again with everything in TLS. */
export const overTls = process.env.OVER_TLS !== undefined;
export const ws = overTls ? 'wss' : 'ws';
/** For a server at localhost. */
export const serverTls = overTls ? {
  cert: readFileSync(new URL('server.pem', certificates)),
  key: readFileSync(new URL('server.key', certificates)),
} : {};
/** What a client trusts: the authority of the tests' certificates. */
export const clientTls = overTls ? { ca: readFileSync(new URL('ca.pem', certificates)) } : {};

/** Runs another test of the folder of interop with everything in TLS. */
export function runOverTls(script) {
  const ca = fileURLToPath(new URL('ca.pem', certificates));
  const env = { ...process.env, OVER_TLS: '1', NODE_EXTRA_CA_CERTS: ca };
  const path = fileURLToPath(new URL(`interop/${script}`, tests));
  const { status } = spawnSync(process.execPath, [path], { env, stdio: 'inherit' });
  process.exit(status ?? 1);
}

/** Starts a script, named from the folder of the tests. */
export function krandog(script, args = [], env = {}) {
  const path = fileURLToPath(new URL(script, tests));
  const child = spawn(process.env.KRANDOG, [path, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.add(child);
  let errors = '';
  child.stderr.on('data', (data) => (errors += data));
  const ended = once(child, 'close').then(([code]) => {
    children.delete(child);
    return code;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    ended,
    errors: () => errors,
    /** The next line that it prints. */
    async line() {
      const { done, value } = await within(10, lines.next());
      if (done) throw new Error(`krandog ended with ${await ended}\n${errors}`);
      return value;
    },
    async end() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** What `promise` resolves to, if it does within so many seconds. */
export async function within(seconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came for ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export async function get(port, path) {
  const response = await fetch(`${overTls ? 'https' : 'http'}://127.0.0.1:${port}${path}`);
  return { status: response.status, body: await response.text() };
}

/**
 * Runs checks, async functions whose names say what they find out, and ends the process.
 * Each gets the port that `serving` prints, if a script is named. `cleanUp` comes last.
 */
export async function run(serving, checks, cleanUp = () => {}) {
  const server = serving && krandog(serving);
  const port = server && Number(await server.line());
  let failed = 0;
  for (const check of checks) {
    try {
      await within(30, check(port));
    } catch (error) {
      failed += 1;
      console.log(`${check.name}: ${error.stack}`);
    }
  }
  if (failed && server) console.log(`the server said:\n${server.errors()}`);
  await server?.end();
  await cleanUp();
  process.exit(failed ? 1 : 0);
}
