document.querySelector('#chat');

// at: 1:1
// names: document
// remedy: browser
