// timeout: 30
// However many callbacks of promises throw from deep inside, the engine's stack stays as it was.

const deep = (depth) => {
  if (depth === 0) throw new Error('asked for');
  return deep(depth - 1);
};

let caught = 0;
for (let round = 0; round < 400; round++) {
  const all = [];
  for (let i = 0; i < 100; i++) {
    all.push(Promise.resolve().then(() => deep(20)).catch(() => {
      caught += 1;
    }));
  }
  await Promise.all(all);
  await new Promise((resolve) => setTimeout(resolve));
}
if (caught !== 40_000) throw new Error(`${caught} were caught`);
