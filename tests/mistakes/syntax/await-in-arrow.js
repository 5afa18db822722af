const names = [1, 2].map((id) => {
  return await lookup(id);
});

// at: 2:10
// names: await, async
// remedy: async
