// Objects, arrays with holes, maps and sets are copied deeply.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

function fails(run, name) {
  try {
    run();
  } catch (error) {
    equal(error.name, name);
    return;
  }
  throw new Error(`${run} did not throw`);
}

const inner = { x: 1 };
const source = {
  inner, list: [1, , inner], map: new Map([[inner, 'v']]), set: new Set([inner, 2]),
  get computed() { return 7; },
};
Object.defineProperty(source, 'hidden', { value: 1 });
source[Symbol('s')] = 1;
const clone = structuredClone(source);
equal(clone === source, false);
equal(clone.inner === inner, false);
equal(clone.inner.x, 1);
equal(clone.list[2], clone.inner);
equal(clone.list.length, 3);
equal(1 in clone.list, false);
equal(clone.map.get(clone.inner), 'v');
equal(clone.set.has(clone.inner), true);
equal(clone.set.size, 2);
equal(Object.getOwnPropertyDescriptor(clone, 'computed').value, 7);
equal('hidden' in clone, false);
equal(Object.getOwnPropertySymbols(clone).length, 0);
equal(Object.keys(clone).join(), 'inner,list,map,set,computed');
class Point { y = 2; }
equal(Object.getPrototypeOf(structuredClone(new Point())), Object.prototype);
equal(structuredClone(new Point()).y, 2);
