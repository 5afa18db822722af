// What a test of child processes has krandog do; the first argument says what.

import { fork, spawn } from 'child_process';

const [, , what, ...args] = process.argv;

const tasks = {
  /** Asks a child of another program. */
  async fork(execPath, script) {
    const child = fork(script, { execPath });
    const echoes = [];
    child.on('message', ({ echo }) => {
      echoes.push(echo);
      if (echoes.length === 3) child.send('end');
    });
    for (const message of ['größe', { a: [1, null] }, 'x'.repeat(300_000)]) child.send(message);
    const [code] = await new Promise((resolve) => child.on('close', (...values) => resolve(values)));
    console.log(JSON.stringify([code, echoes[0], echoes[1], echoes[2].length]));
  },

  /** Starts a child that is to live on. */
  outlived() {
    const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    child.unref();
    console.log(child.pid);
  },

  /** One child after the other. */
  async many(count) {
    for (let left = Number(count); left > 0; left--) {
      await new Promise((resolve, reject) => {
        spawn('/bin/true', { stdio: 'ignore' }).on('error', reject).on('close', resolve);
      });
    }
    console.log('done');
    const waiting = setInterval(() => {}, 1000);
    process.once('SIGUSR1', () => clearInterval(waiting));
  },
};

await tasks[what](...args);
