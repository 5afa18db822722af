function handler(request) {
  return request.user.name;
}

handler({});
