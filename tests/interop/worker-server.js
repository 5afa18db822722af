// A server in a worker, and nothing in the program that starts it.

const code = `
  import http from 'http';
  const server = http.createServer(() => {});
  server.listen(0, () => postMessage(server.address().port));
  onmessage = () => {};
`;
new Worker(code, { eval: true }).onmessage = ({ data }) => console.log(data);
