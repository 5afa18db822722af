const reply = await fetch('http://localhost/');

// at: 1:21
// names: fetch
// remedy: no HTTP client
