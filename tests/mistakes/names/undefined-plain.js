function area(width) {
  const scale = Math.abs(2);
  return scale * width * height;
}
area(2);

// plain
// at: 3:26
// names: height, is not defined
