window.addEventListener('load', () => {});

// at: 1:1
// names: window
// remedy: globalThis
