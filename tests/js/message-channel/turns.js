// Two ports that answer each other without end keep neither timers nor immediates waiting.
const { port1, port2 } = new MessageChannel();
let messages = 0;
port1.onmessage = ({ data }) => port1.postMessage(data);
port2.onmessage = ({ data }) => {
  messages++;
  port2.postMessage(data);
};
for (let i = 0; i < 100; i++) port2.postMessage(i);
setTimeout(() => {
  setImmediate(() => {
    if (messages === 0) throw new Error('no message came');
    port1.close();
  });
}, 10);
