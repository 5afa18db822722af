// How a worker ends, and with which code: process.exit ends the worker alone, past every finally.
import assert from 'assert';

function run(code) {
  const said = [];
  const worker = new Worker(code, { eval: true });
  worker.on('message', (message) => said.push(message)).on('error', () => said.push('error'));
  return new Promise((resolve) => {
    worker.on('exit', (exit) => resolve([exit, ...said]));
  });
}

const cases = [
  ['', [0]],
  ['process.exit(4)', [4]],
  ['await 1; process.exit(5)', [5]],
  ['await 1; setTimeout(() => process.exit(6), 1); setInterval(() => {}, 1)', [6]],
  ['try { process.exit(7) } finally { postMessage(1) } postMessage(2)', [7]],
  ['onmessage = () => {}; setTimeout(close, 1)', [0]],
  ['process.exitCode = 8', [8]],
  ["process.on('exit', (code) => postMessage(code)); process.exit(3)", [3, 3]],
  ['throw 1', [1, 'error']],
  ['const recurse = () => recurse(); recurse();', [1, 'error']],
  ['const recurse = () => recurse(); await 1; recurse();', [1, 'error']],
];
const ended = await Promise.all(cases.map(([code]) => run(code)));
cases.forEach(([code, expected], index) => assert.deepEqual(ended[index], expected, code));
