const settings = Object.freeze({ port: 80 });
settings.port = 3000;

// plain
// at: 2:10
// names: port
