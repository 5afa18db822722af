const state = {};
state.list = [];
state.user.name = 'Ada';

// plain
// at: 3:12
// names: state.user, name
