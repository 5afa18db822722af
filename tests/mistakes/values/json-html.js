JSON.parse('<!doctype html><p>Not found');

// plain
// at: 1:11
// names: <!doctype
