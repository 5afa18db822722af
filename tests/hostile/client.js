// Connects to the port given and prints, as JSON, how that failed.

const ws = new WebSocket(`ws://127.0.0.1:${process.argv[2]}`);
ws.onopen = () => ws.close();
ws.onerror = ({ message, code, status }) => console.log(JSON.stringify({ message, code, status }));
ws.onclose = ({ code }) => console.log(code);
