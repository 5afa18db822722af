const port = Deno.env.get('PORT');

// at: 1:14
// names: Deno
// remedy: process.env
