// Connects to a server with the certificate of this name, and prints 'open' or why it cannot.

import https from 'https';

const at = `${__dirname}/../certificates/${process.argv[2]}`;
const server = https.createServer({ cert: `${at}.pem`, key: `${at}.key` }, () => {});
server.listen(0, () => {
  const ws = new WebSocket(`wss://localhost:${server.address().port}/`);
  ws.onerror = ({ code, message }) => console.log(code, message);
  ws.onopen = () => {
    console.log('open');
    ws.close();
  };
  ws.onclose = () => server.close();
});
