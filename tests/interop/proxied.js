// A client behind a proxy: opens a WebSocket, echoes once, and prints what came of it.
//
// Arguments: the URL, and the options as JSON.

const [url, options] = process.argv.slice(2);
const ws = new WebSocket(url, JSON.parse(options));
const result = {};
ws.onopen = () => ws.send('hello');
ws.onmessage = ({ data }) => {
  result.data = data;
  ws.close();
};
ws.onerror = ({ code, message, status, headers, body }) => {
  Object.assign(result, { code, message, status, headers, body });
};
ws.onclose = ({ wasClean }) => console.log(JSON.stringify({ ...result, wasClean }));
