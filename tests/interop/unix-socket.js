// A server on the Unix socket of its first argument, in the form of listen() of the second. Prints
// its address, or the error that it gets.

import http from 'http';

const [, , path, form] = process.argv;

const server = http.createServer((req) => {
  if (req.type === 'http') {
    if (req.pathname === '/close') setImmediate(() => server.close());
    return { json: { path: req.pathname, remote: req.remoteAddress ?? null } };
  }
  req.ws.send(JSON.stringify([req.data, req.ws.remoteAddress ?? null, req.ws.url]));
  return undefined;
});
server.on('error', ({ code, syscall, path }) => console.log(JSON.stringify({ code, syscall, path })));
server.on('close', () => console.log('closed', server.address()));

const listening = () => console.log(JSON.stringify(server.address()));
if (form === 'options') server.listen({ path, backlog: 10 }, listening);
else server.listen(path, listening);
