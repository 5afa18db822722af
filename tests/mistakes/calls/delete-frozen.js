const settings = Object.freeze({ port: 80 });
delete settings.port;

// plain
// at: 2:1
// names: port
