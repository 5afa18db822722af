// Child processes of krandog, seen from outside; Node.js at the other end of a channel.

import { execFile, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { equal, run } from '../support/peer.mjs';

const krandog = process.env.KRANDOG;
const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const script = path('child-processes.js');
const channel = path('child-channel.js');

async function nodeForksKrandog() {
  const child = fork(channel, { execPath: krandog });
  const echoes = [];
  child.on('message', ({ echo }) => {
    echoes.push(echo);
    if (echoes.length === 3) child.send('end');
  });
  const sent = ['größe', { a: [1, null] }, 'x'.repeat(300_000)];
  for (const message of sent) child.send(message);
  const [code] = await once(child, 'close');
  equal([code, echoes], [0, sent]);
}

async function krandogForksNode() {
  const { stdout } = await promisify(execFile)(krandog, [script, 'fork', process.execPath, channel]);
  equal(JSON.parse(stdout), [0, 'größe', { a: [1, null] }, 300_000]);
}

async function aChildOutlivesKrandog() {
  const { stdout } = await promisify(execFile)(krandog, [script, 'outlived']);
  // Throws if it is not there.
  process.kill(Number(stdout), 'SIGKILL');
}

/** The states of the children of a process. */
function states(parent) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, ppid] = text.slice(text.lastIndexOf(')') + 2).split(' ');
      return Number(ppid) === parent ? [state] : [];
    } catch {
      return [];
    }
  });
}

async function manyOneAfterTheOtherLeaveNothing() {
  const child = spawn(krandog, [script, 'many', '300'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const before = await once(child.stdout, 'data');
  equal(String(before), 'done\n');
  equal(states(child.pid), []);
  equal(readdirSync(`/proc/${child.pid}/fd`).length < 40, true);
  child.kill('SIGUSR1');
  equal(await once(child, 'close'), [0, null]);
}

await run(undefined, [
  nodeForksKrandog, krandogForksNode, aChildOutlivesKrandog, manyOneAfterTheOtherLeaveNothing,
]);
