const settings = Object.freeze({ port: 80 });
delete settings.port;

// plain
// at: 2:17
// names: port
