import tls from 'node:tls';

// at: 1:17
// names: node:tls
// remedy: https.createServer
