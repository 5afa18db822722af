const http = require('http');

// at: 1:14
// names: require
// remedy: import http from 'http'
