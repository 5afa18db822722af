import { ServerResponse } from 'node:http';
console.log(ServerResponse);

// at: 1:10
// names: ServerResponse
// remedy: returns its reply
