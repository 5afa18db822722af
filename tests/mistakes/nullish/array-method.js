function total(order) {
  return order.lines.reduce((sum, line) => sum + line.price, 0);
}
total({});

// plain
// at: 2:22
// names: order.lines, reduce
