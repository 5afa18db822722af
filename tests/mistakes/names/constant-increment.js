function next() {
  const step = Math.abs(1);
  step++;
  return step;
}
next();

// plain
// at: 3:3
// names: step, constant
