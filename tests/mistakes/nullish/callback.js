const orders = [{ customer: { name: 'Ada' } }, {}];
const names = orders.map((order) => order.customer.name);
console.log(names);

// plain
// at: 2:52
// names: order.customer, name
