import thing from 'fastify';
console.log(thing);

// at: 1:19
// names: fastify
// remedy: serve(
