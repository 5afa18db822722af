const loading = import('left-pad');
setTimeout(() => {}, 1);

// at: 1:24
// names: left-pad
