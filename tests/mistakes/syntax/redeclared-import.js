import { join } from 'path';
function join() {}

// plain
// at: 2:10
// names: join, already been declared
