// timeout: 30
// However many listeners throw from deep inside, the engine's stack stays as it was.

const deep = (depth) => {
  if (depth === 0) throw new Error('asked for');
  return deep(depth - 1);
};

let uncaught = 0;
process.on('uncaughtException', () => {
  uncaught += 1;
});
const target = new EventTarget();
target.addEventListener('x', () => deep(20));
for (let round = 0; round < 200; round++) {
  for (let i = 0; i < 100; i++) target.dispatchEvent(new Event('x'));
  await new Promise((resolve) => setTimeout(resolve));
}
if (uncaught !== 20_000) throw new Error(`${uncaught} were uncaught`);
