import http from 'http';

const server = http.createServer();
server.get('/users/:id', (req) => req.params.id);
server.del('/users/:id', () => 'gone');
server.listen(0);

// at: 5:8
// names: server.del, is not a function
// remedy: did you mean delete?
