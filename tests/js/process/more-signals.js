// Signals that few programs listen for; two cannot be listened for.

import assert from 'node:assert';

for (const [name, number] of [['SIGALRM', 14], ['SIGQUIT', 3], ['SIGTSTP', 20]]) {
  const came = new Promise((resolve) => process.once(name, (...values) => resolve(values)));
  process.kill(process.pid, name);
  const timer = setTimeout(() => {}, 5000);
  assert.deepStrictEqual(await came, [name, number]);
  clearTimeout(timer);
}
for (const name of ['SIGKILL', 'SIGSTOP']) {
  assert.throws(() => process.on(name, () => {}), { code: 'EINVAL', syscall: 'uv_signal_start' });
}
process.on('SIGNOTHING', () => {});
