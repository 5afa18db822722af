function show() {
  const user = null;
  const { name } = user;
  console.log(name);
}
show();

// plain
// at: 3:20
// names: user
