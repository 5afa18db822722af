const request = new XMLHttpRequest();

// at: 1:21
// names: XMLHttpRequest
// remedy: await fetch(url
