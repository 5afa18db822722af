// A program that waits in vain is told where, and which of its connections failed.

const heard = new WebSocket('ws://127.0.0.1:9/heard');
await new Promise((resolve) => (heard.onerror = resolve));
await null;

const ws = new WebSocket('ws://127.0.0.1:9/');
await new Promise((resolve) => {
  ws.onopen = resolve;
});
console.log('never');
