// Two ports that answer each other without end keep neither timers nor immediates waiting.
const { port1, port2 } = new MessageChannel();
let messages = 0;
port1.onmessage = ({ data }) => port1.postMessage(data);
port2.onmessage = ({ data }) => {
  messages++;
  port2.postMessage(data);
  if (messages === 1) setTimeout(() => setImmediate(() => port1.close()), 10);
};
for (let i = 0; i < 100; i++) port2.postMessage(i);
