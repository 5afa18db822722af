const { join } = require('path');

// at: 1:18
// names: require
// remedy: import { join } from 'path'
