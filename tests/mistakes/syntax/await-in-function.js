function load(url) {
  const reply = await get(url);
  return reply;
}

// at: 2:17
// names: await, async
// remedy: async function load
