// What is the process's is not a worker's: its directory, standard input, signals.
import assert from 'assert';

const code = `
  import assert from 'assert';
  assert.throws(() => process.chdir('/'), { code: 'ERR_WORKER_UNSUPPORTED_OPERATION' });
  process.on('SIGUSR2', () => postMessage('a signal'));
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  postMessage({ text, pid: process.pid, cwd: process.cwd() });
  process.removeAllListeners('SIGUSR2');
`;
const worker = new Worker(code, { eval: true });
const { data } = await new Promise((resolve, reject) => {
  worker.onmessage = resolve;
  worker.onerror = ({ error }) => reject(error);
});
assert.deepEqual(data, { text: '', pid: process.pid, cwd: process.cwd() });
