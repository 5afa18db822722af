// A request is closed after its response has ended.

import assert from 'assert';
import http from 'http';

const server = http.createServer(() => 'reply');
await new Promise((resolve) => server.listen(0, resolve));
const order = [];
await new Promise((resolve) => {
  const request = http.get(`http://localhost:${server.address().port}`, (response) => {
    response.on('data', () => order.push('data'));
    response.on('end', () => order.push('end'));
    response.on('close', () => order.push('response closed'));
  });
  request.on('close', () => {
    order.push('closed');
    resolve();
  });
});
assert.deepStrictEqual(order, ['data', 'end', 'response closed', 'closed']);
server.close();
