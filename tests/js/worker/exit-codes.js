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
  ['Promise.resolve().then(() => process.exit(9)).finally(() => postMessage(1))', [9]],
  ["process.on('uncaughtException', () => process.exit(10)); throw 1", [10]],
  ["process.on('unhandledRejection', () => process.exit(11)); Promise.reject(1)", [11]],
  ["addEventListener('error', () => process.exit(12)); throw 1", [12]],
  ["process.on('exit', () => process.exit(13)); process.exit(14)", [13]],
  ['[2, 1].sort(() => process.exit(15))', [15]],
  ['throw 1', [1, 'error']],
  ['const recurse = () => recurse(); recurse();', [1, 'error']],
  ['const recurse = () => recurse(); await 1; recurse();', [1, 'error']],
];
const ended = await Promise.all(cases.map(([code]) => run(code)));
cases.forEach(([code, expected], index) => assert.deepEqual(ended[index], expected, code));
