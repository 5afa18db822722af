const handler = (request, reply) => { reply.end() };
handler({});

// plain
// at: 1:45
// names: reply, end
