console.log('start');
function connect({ host, port }) {
  console.log(host, port);
}
connect();

// plain
// at: 2:18
// names: host, connect
