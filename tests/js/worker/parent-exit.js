// process.exit ends the process, whatever its workers do: wait, send, loop, or have workers.
const codes = [
  "onmessage = () => {}; postMessage('up')",
  "postMessage('up'); setInterval(() => postMessage('x'.repeat(1000)), 0)",
  "postMessage('up'); for (;;);",
  "new Worker('for (;;);', { eval: true }).onopen = () => postMessage('up')",
];
let up = 0;
for (const code of codes) {
  const worker = new Worker(code, { eval: true });
  worker.onmessage = ({ data }) => {
    if (data === 'up' && ++up === codes.length) process.exit(0);
  };
}
process.exitCode = 9;
