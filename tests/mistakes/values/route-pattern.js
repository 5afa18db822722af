import http from 'http';

const server = http.createServer();
server.get('users/:id', (req) => req.params.id);
server.listen(0);

// at: 4:11
// names: server.get, 'users/:id', slash
// remedy: did you mean '/users/:id'?
