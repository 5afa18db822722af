Bun.serve({ port: 3000, fetch: () => new Response('x') });

// at: 1:1
// names: Bun
// remedy: serve(
