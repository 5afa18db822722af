// yjs: two documents that were changed apart come to the same.
import assert from 'assert';
import * as Y from 'yjs';

const [a, b] = [new Y.Doc(), new Y.Doc()];
a.getText('t').insert(0, 'hello');
b.getText('t').insert(0, 'world ');
b.getMap('m').set('k', [1]);
Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
assert.equal(a.getText('t').toString(), b.getText('t').toString());
assert.deepEqual(a.getMap('m').toJSON(), { k: [1] });
