const settings = {};
JSON.parse(settings.text);

// plain
// at: 2:11
// names: undefined
