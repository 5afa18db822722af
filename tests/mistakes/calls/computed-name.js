const handlers = {};
const kind = 'open';
handlers[kind]();

// plain
// at: 3:10
// names: handlers[kind], not a function
