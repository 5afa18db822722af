class Counter {
  count = 0;
  increment() {
    this.count += 1;
  }
}
const { increment } = new Counter();
increment();

// plain
// at: 4:10
// names: this, count
