import https from 'node:https';
const request = https.request('https://localhost/');
request.end();

// at: 2:23
// names: https.request
// remedy: no HTTP client
