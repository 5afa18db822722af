// Indices of slice are rounded, and a half goes to the even number.
import assert from 'assert';

const blob = new Blob(['0123456789']);
for (const [given, size] of [
  [[0.5], 10], [[1.5], 8], [[2.5], 8], [[-1.5], 2], [[NaN], 10], [['3'], 7], [[null], 10],
  [[Infinity], 0], [[-Infinity], 10], [[1.4, 3.6], 3], [[4.5, 5.5], 2], [[3, 1], 0], [[-1e300], 10],
]) {
  assert.strictEqual(blob.slice(...given).size, size, String(given));
}
