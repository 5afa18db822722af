const state = {};
state.list = [];
state.user.name = 'Ada';

// plain
// at: 3:11
// names: state.user, name
