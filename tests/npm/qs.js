// qs: query strings that nest.
import assert from 'assert';
import qs from 'qs';

const parsed = qs.parse('filter[age][gt]=18&tags[]=a&tags[]=b&name=J%C3%B6rg');
assert.deepEqual(parsed, { filter: { age: { gt: '18' } }, tags: ['a', 'b'], name: 'Jörg' });
assert.equal(qs.stringify({ a: { b: [1, 2] } }, { encode: false }), 'a[b][0]=1&a[b][1]=2');
assert.equal(qs.stringify({ a: 'ä', b: null }, { charset: 'iso-8859-1', strictNullHandling: true }), 'a=%E4&b');
