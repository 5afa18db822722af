exports.helper = true;
exports.plain = require('plain').name;
