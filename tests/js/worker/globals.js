// What a worker has: self, name, postMessage, onmessage, close, and its own globals.
import assert from 'assert';

const code = `
  globalThis.mine = 1;
  addEventListener('message', function ({ data, target, currentTarget }) {
    const isSelf = this === self && target === self && currentTarget === globalThis;
    self.postMessage([data, isSelf, self.name, typeof onmessage, typeof parent]);
    dispatchEvent(new Event('own'));
  });
  self.addEventListener('own', () => {
    close();
    postMessage('after close()');
    setTimeout(() => postMessage('never'), 0);
  }, { once: true });
`;
globalThis.parent = 1;
const said = [];
const worker = new Worker(code, { eval: true, name: 'named' });
worker.onmessage = ({ data }) => said.push(data);
worker.postMessage('hello');
worker.onclose = ({ code: exit }) => {
  assert.equal(exit, 0);
  assert.equal('mine' in globalThis, false);
  assert.equal('onmessage' in globalThis, false);
  assert.deepEqual(said, [['hello', true, 'named', 'object', 'undefined'], 'after close()']);
};
