// A type that goes leaves no gap for the lines around it to grow together.
import assert from 'assert';

let calls = 0
const first = () => calls += 1
type A = string
(function () { calls += 10 })()
const list = [1, 2]
interface B {}
[3].forEach((n) => { calls += n })
const third = list as number[]
;[1].forEach(() => {})
const arrow = (
  a: number,
): number => a
class C {
  x = 1
  declare y: number
  [Symbol.iterator]() { return 'iterator' }
  static z?: number
  *generator() {}
}
const cast = first as
  () => number
const ending = (a: number, b?: number):
  number =>
  a + (b ?? 0)
if (calls === 0) type = 1
else calls += 100
var type: number

assert.deepEqual(calls, 113);
assert.deepEqual([list.length, third, arrow(4), ending(1), typeof cast], [2, [1, 2], 4, 1, 'function']);
assert.deepEqual([new C().x, new C()[Symbol.iterator](), 'y' in new C()], [1, 'iterator', false]);
