localStorage.setItem('name', 'Ada');

// at: 1:1
// names: localStorage
// remedy: browser
