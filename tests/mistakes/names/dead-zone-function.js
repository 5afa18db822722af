function price() {
  return Math.abs(1) * rate;
}
console.log(price());
const rate = 2;

// plain
// at: 2:24
// names: rate, before initialization
