// A worker hears of its errors first: what it handles does not end it.
import assert from 'assert';

const code = `
  process.on('uncaughtException', (error) => postMessage(['process', error.message]));
  setTimeout(() => { throw new Error('one'); }, 1);
  setTimeout(() => {
    process.removeAllListeners('uncaughtException');
    self.onerror = (event) => {
      postMessage(['self', event.message]);
      event.preventDefault();
    };
    setTimeout(() => { throw new Error('two'); }, 1);
    setTimeout(() => {
      self.onerror = (event) => postMessage(['not handled', event.message]);
      throw new Error('three');
    }, 5);
  }, 5);
`;
const said = [];
const worker = new Worker(code, { eval: true });
worker.on('message', (message) => said.push(message)).on('error', ({ message }) => {
  said.push(['above', message]);
});
worker.on('exit', (exit) => {
  assert.equal(exit, 1);
  assert.deepEqual(said, [
    ['process', 'one'], ['self', 'Uncaught Error: two'], ['not handled', 'Uncaught Error: three'],
    ['above', 'three'],
  ]);
});
