// ramda: functions that are put together.
import assert from 'assert';
import * as R from 'ramda';

const total = R.pipe(R.filter(R.propEq('fruit', 'kind')), R.map(R.prop('price')), R.sum);
assert.equal(total([{ kind: 'fruit', price: 2 }, { kind: 'nut', price: 5 }, { kind: 'fruit', price: 3 }]), 5);
assert.deepEqual(R.over(R.lensPath(['a', 0]), R.add(1), { a: [1, 2] }), { a: [2, 2] });
assert.deepEqual(R.groupBy((n) => (n % 2 ? 'odd' : 'even'), [1, 2, 3]), { odd: [1, 3], even: [2] });
