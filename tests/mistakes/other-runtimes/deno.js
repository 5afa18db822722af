Deno.serve(() => new Response('x'));

// at: 1:1
// names: Deno
// remedy: serve(
