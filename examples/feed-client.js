// Prints what a server sends, a line a message, and stays with it over restarts and lost networks.
// What you type is sent; what you type meanwhile waits until it is back.
//
//   krandog examples/feed-client.js [URL]        (ws://localhost:3000/ when there is none)

const url = process.argv[2] ?? 'ws://localhost:3000/';

// At most 10 s between two attempts, and as many as it takes.
const ws = new WebSocket(url, { reconnect: { maxDelay: 10_000 }, queue: { maxMessages: 100 } });

ws.onopen = () => console.error(`connected to ${url}`);

ws.onreconnecting = ({ attempt, delay, reason, lost }) => {
  console.error(`${reason}; attempt ${attempt} in ${delay} ms`);
  if (lost.messages > 0) console.error(`${lost.messages} messages (${lost.bytes} bytes) did not get through`);
};

// A server knows nothing of the connection before: log in and subscribe here again.
ws.onreconnected = ({ downtime }) => console.error(`back after ${downtime} ms`);

// Only when another attempt would fail in the same way, or the server has said that it is done.
ws.onerror = ({ message }) => console.error(message);
ws.onclose = ({ code }) => process.exit(code === 1000 ? 0 : 1);

ws.onmessage = ({ data }) => console.log(typeof data === 'string' ? data : `${data.size} bytes`);

for await (const line of process.stdin.lines()) {
  try {
    ws.send(line);
  } catch ({ message }) {
    console.error(message);
  }
}
ws.close(1000);
