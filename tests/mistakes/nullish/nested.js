const config = { server: {} };
const port = config.server.listen.port;
console.log(port);

// plain
// at: 2:35
// names: config.server.listen, port
