// Connects to the port given, with the options given as JSON, and prints, as JSON, how that failed.

const [port, options = '{}'] = process.argv.slice(2);
const ws = new WebSocket(`ws://127.0.0.1:${port}`, JSON.parse(options));
ws.onopen = () => ws.close();
ws.onerror = ({ message, code, status }) => console.log(JSON.stringify({ message, code, status }));
ws.onclose = ({ code }) => console.log(code);
