// v8 tells what there is to tell; what belongs to another engine is an error with a name.

import assert from 'node:assert';
import v8 from 'node:v8';

const heap = v8.getHeapStatistics();
assert.ok(heap.used_heap_size > 0 && heap.heap_size_limit >= heap.used_heap_size);
assert.throws(() => v8.serialize({}), { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
