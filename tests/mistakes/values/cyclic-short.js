const self = {};
self.me = self;
JSON.stringify(self);

// plain
// at: 3:15
// names: me
