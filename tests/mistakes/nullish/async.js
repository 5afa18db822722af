async function load(id) {
  const user = await Promise.resolve(undefined);
  return user.name + id;
}
await load(1);

// plain
// at: 3:15
// names: user, name
