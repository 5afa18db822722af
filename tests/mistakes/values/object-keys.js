const settings = {};
Object.keys(settings.users);

// plain
// at: 2:12
// names: undefined
// says: settings.users
