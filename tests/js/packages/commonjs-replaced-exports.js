// A function in place of the exports is the default, and what hangs on it has a name.
import assert from 'assert';
import main, { named } from 'replaced';

assert.deepEqual([main(), main.extra, named], ['called', 'extra', 'named']);
