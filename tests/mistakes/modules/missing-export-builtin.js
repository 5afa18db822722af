import { createSever } from 'http';
createSever();

// at: 1:10
// names: createSever, http
// remedy: did you mean createServer
