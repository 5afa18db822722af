// debug: lines of the names that are asked for.
import assert from 'assert';
import { format } from 'util';
import debug from 'debug';

const lines = [];
debug.log = (...args) => lines.push(format(...args));
debug.enable('app:*');
debug('app:room')('joined %s %d', 'a', 2);
debug('other')('not this');
assert.equal(lines.length, 1);
assert.match(lines[0], /app:room.*joined a 2/);
