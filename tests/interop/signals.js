// What a script can be doing when a signal comes. The argument says what; it prints a line when it is
// ready.

const [, , what, folder] = process.argv;

// Until the other side has made the folder.
function busy() {
  console.log('ready');
  for (;;) {
    try {
      process.chdir(folder);
      return;
    } catch {
      // It is not there yet.
    }
  }
}

const doing = {
  'loop at the top'() {
    console.log('ready');
    for (;;);
  },
  loop() {
    setTimeout(() => {
      console.log('ready');
      for (;;);
    });
  },
  'listen while busy'() {
    process.on('SIGTERM', (name, number) => console.log(name, number));
    process.on('SIGUSR2', (name, number) => console.log(name, number));
    busy();
    console.log('done');
  },
  'serve while busy'() {
    process.on('exit', (code) => console.log('exit', code));
    serve(0, () => 'hello');
    busy();
    console.log('done');
  },
  // Prints each signal. A line of input with the name of one takes its listener away.
  async listen() {
    const print = (name, number) => console.log(name, number);
    for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGUSR2']) process.on(name, print);
    setTimeout(() => console.log('ready'));
    for await (const name of process.stdin.lines()) {
      process.off(name, print);
      console.log('off');
    }
  },
  once() {
    process.once('SIGTERM', () => console.log('once'));
    setInterval(() => {}, 1e6);
    setTimeout(() => console.log('ready'));
  },
  wait() {
    setInterval(() => {}, 1e6);
    setTimeout(() => console.log('ready'));
    process.on('exit', (code) => console.log('exit', code));
  },
};

doing[what]();
