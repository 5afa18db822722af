// lru-cache: what was not used lately goes first.
import assert from 'assert';
import { LRUCache } from 'lru-cache';

const cache = new LRUCache({ max: 2 });
cache.set('a', 1).set('b', 2);
cache.get('a');
cache.set('c', 3);
assert.deepEqual(['a', 'b', 'c'].map((key) => cache.has(key)), [true, false, true]);
