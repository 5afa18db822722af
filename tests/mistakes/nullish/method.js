function answer(request, reply) {
  request.check();
  reply.end('done');
}
answer({ check() {} });

// plain
// at: 3:9
// names: reply, end
