// timeout: 30
// However many callbacks of timers throw from deep inside, the engine's stack stays as it was.

const deep = (depth) => {
  if (depth === 0) throw new Error('asked for');
  return deep(depth - 1);
};

let uncaught = 0;
process.on('uncaughtException', () => {
  uncaught += 1;
});
for (let round = 0; round < 100; round++) {
  for (let i = 0; i < 100; i++) (i % 2 ? setTimeout : setImmediate)(deep, 0, 100);
  await new Promise((resolve) => setTimeout(resolve, 2));
}
if (uncaught !== 10_000) throw new Error(`${uncaught} were uncaught`);
