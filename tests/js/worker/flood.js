// A worker that sends without end keeps neither timers of its parent waiting nor its end.
import assert from 'assert';

const code = `
  let n = 0;
  setInterval(() => {
    for (let i = 0; i < 2000; i++) postMessage({ n: n++ });
  }, 0);
`;
const worker = new Worker(code, { eval: true });
let next = 0;
worker.onmessage = ({ data }) => assert.equal(data.n, next++);
let ticks = 0;
const timer = setInterval(async () => {
  if (++ticks < 5 || next < 1000) return;
  clearInterval(timer);
  assert.equal(await worker.terminate(), 1);
}, 5);
