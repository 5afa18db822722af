// Opens one WebSocket, sends three texts and tells what happens to it: krandog probe.js URL

import process from 'process';

const ws = new WebSocket(process.argv[2]);
ws.onopen = () => {
  console.log('open');
  for (const text of ['', 'one', 'two']) ws.send(text);
};
ws.onmessage = ({ data }) => console.log(`message ${data}`);
ws.onerror = () => console.log('error');
ws.onclose = ({ code, wasClean }) => console.log(`close ${code} ${wasClean}`);
