const tick = () => {};
setInterval(tick(), 100);

// plain
// at: 2:12
// names: undefined, callback
