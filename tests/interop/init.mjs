// `krandog init` writes projects that run: each is made, checked by the compiler, started and spoken
// to, and its own test passes.
// timeout: 120

import { once } from 'node:events';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { equal } from '../support/peer.mjs';
import WebSocket from 'ws';

const folder = mkdtempSync(join(tmpdir(), 'krandog-init-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

function krandog(args, cwd = folder) {
  const { status, stdout, stderr } = spawnSync(process.env.KRANDOG, args, { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Starts a server and returns its port. */
async function start(project) {
  const child = spawn(process.env.KRANDOG, ['server.js'], {
    cwd: project,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => child.kill());
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, port: /:(\d+)\/$/.exec(line)[1] };
}

async function socket(port, path) {
  const ws = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  const waiting = [];
  const heard = [];
  ws.on('message', (data) => {
    heard.push(data.toString());
    waiting.shift()?.();
  });
  await once(ws, 'open');
  ws.next = async () => {
    if (heard.length === 0) await new Promise((resolve) => waiting.push(resolve));
    return heard.shift();
  };
  return ws;
}

const speak = {
  async chat(port) {
    const one = await socket(port, '/room/a');
    equal(JSON.parse(await one.next()).type, 'joined');
    one.send(JSON.stringify({ type: 'say', text: 'hello' }));
    equal(JSON.parse(await one.next()).text, 'hello');
  },
  async game(port) {
    const one = await socket(port, '/play');
    equal(JSON.parse(await one.next()).width, 640);
    equal(JSON.parse(await one.next()).players.length, 1);
  },
  async relay(port) {
    const [one, two] = [await socket(port, '/relay/a'), await socket(port, '/relay/a')];
    for (const ws of [one, two]) {
      ws.send('ping');
      equal(await ws.next(), 'pong');
    }
    one.send('hello');
    equal(await two.next(), 'hello');
  },
  async api(port) {
    const one = await socket(port, '/changes');
    const url = `http://127.0.0.1:${port}/notes`;
    const made = await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'milk' }) });
    equal([made.status, made.headers.get('location')], [201, '/notes/1']);
    equal(JSON.parse(await one.next()).what, 'made');
    equal(await (await fetch(url)).json(), [{ id: 1, text: 'milk' }]);
    equal((await fetch(`${url}/9`)).status, 404);
  },
};

const written = [
  'README.md', 'krandog.d.ts', 'package.json', 'public', 'server.js', 'server.test.js', 'tsconfig.json',
];
for (const [name, conversation] of Object.entries(speak)) {
  const made = krandog(['init', name]);
  equal([made.status, made.stderr], [0, '']);
  equal(/\n {2}cd \w+\n {2}krandog server\.js\n {2}krandog test\n$/.test(made.stdout), true);
  const project = join(folder, name);
  equal(readdirSync(project).sort(), written);
  equal(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).name, name);

  const { child, port } = await start(project);
  const page = await fetch(`http://127.0.0.1:${port}/`);
  equal([page.status, page.headers.get('content-type')], [200, 'text/html; charset=utf-8']);
  await conversation(port);
  child.kill();

  const checked = spawnSync(process.execPath, [tsc], { cwd: project, encoding: 'utf8' });
  equal([checked.status, checked.stdout], [0, '']);

  const again = krandog(['init', name]);
  equal([again.status, again.stdout], [1, '']);
  equal(/is not empty, it has/.test(again.stderr), true);
}

// The types of a project are replaced only if that is asked for.
const types = join(folder, 'api');
writeFileSync(join(types, 'krandog.d.ts'), '');
equal(krandog(['types', '--init'], types).status, 1);
equal(krandog(['types', '--init', '--force'], types).status, 0);
equal(readFileSync(join(types, 'krandog.d.ts'), 'utf8'), krandog(['types'], types).stdout);
process.exit(0);
