import { get } from 'node:http';
get('http://localhost/');

// at: 1:10
// names: get, http
// remedy: no HTTP client
