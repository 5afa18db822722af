import http from 'http';
http.get('http://localhost/', () => {});

// at: 2:6
// names: http.get
// remedy: no HTTP client
