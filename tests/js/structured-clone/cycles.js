// Cycles and deep nesting.

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

const cycle = { list: [] };
cycle.self = cycle;
cycle.list.push(cycle);
const clone = structuredClone(cycle);
equal(clone.self, clone);
equal(clone.list[0], clone);
const map = new Map();
map.set(map, map);
const copy = structuredClone(map);
equal(copy.get(copy), copy);
let deep = null;
for (let i = 0; i < 3000; i++) deep = [deep];
let depth = 0;
for (let at = structuredClone(deep); at !== null; at = at[0]) depth++;
equal(depth, 3000);
