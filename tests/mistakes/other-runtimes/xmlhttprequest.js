const request = new XMLHttpRequest();

// at: 1:21
// names: XMLHttpRequest
// remedy: no HTTP client
