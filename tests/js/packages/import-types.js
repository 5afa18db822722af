// Files that are not JavaScript are imported with their type.
import assert from 'assert';
import data from './node_modules/knowing/data.json' with { type: 'json' };
import words from './own/words.txt' with { type: 'text' };
import bytes from './own/bytes.bin' with { type: 'bytes' };

assert.deepEqual(data, { answer: 42 });
assert.equal(words, 'words\n');
assert.deepEqual([...bytes], [1, 2]);
await assert.rejects(import('./own/words.txt', { with: { type: 'css' } }), /'json', 'text' and 'bytes'/);
