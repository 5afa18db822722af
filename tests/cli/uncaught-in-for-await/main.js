async function* count() {
  yield 1;
  throw new TypeError('no more');
}
for await (const number of count()) {
  console.log(number);
}
console.log('not reached');
