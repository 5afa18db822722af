const handlers = {};
const kind = 'open';
handlers[kind]();

// plain
// at: 3:9
// names: handlers[kind], not a function
