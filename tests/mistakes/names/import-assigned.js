import { sep } from 'path';
sep = '/';

// plain
// at: 2:1
// names: sep, import
