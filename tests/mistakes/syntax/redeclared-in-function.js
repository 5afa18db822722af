function connect(host) {
  let host = 'localhost';
  return host;
}

// plain
// at: 2:7
// names: host, already been declared
