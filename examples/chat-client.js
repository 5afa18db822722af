// A terminal for the room of chat-server.js: type a line to say it.
//
//   krandog examples/chat-client.js [URL]        (ws://localhost:3000/ when there is none)
//
// /name NAME   changes your name          /who    says who is here
// /quit        leaves (so does Ctrl+D)    /help   shows this
//
// Environment: NAME, or else USER, is who you are.

const url = process.argv[2] ?? 'ws://localhost:3000/';
const people = new Map(); // From id to name.

const colours = process.stdout.isTTY && process.env.NO_COLOR === undefined;
const paint = (code) => (text) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);
const bold = paint(1);
const dim = paint(2);
const red = paint(31);

// A terminal obeys control characters, so those that others wrote stay out.
const plain = (text) => String(text).replace(/(?!\n)\p{Cc}/gu, '');

function say({ name, text, time }) {
  const clock = new Date(time).toTimeString().slice(0, 5);
  console.log(`${dim(clock)} ${bold(plain(name))}: ${plain(text).replaceAll('\n', '\n      ')}`);
}

const note = (text) => console.log(dim(`      ${plain(text)}`));
const complain = (text) => console.error(red(`      ${plain(text)}`));

const handlers = {
  welcome({ name, online, history }) {
    for (const person of online) people.set(person.id, person.name);
    history.forEach(say);
    note(`You are ${name}, one of ${online.length} here. /help says what you can do.`);
  },
  message: say,
  joined({ id, name }) {
    people.set(id, name);
    note(`${name} joined`);
  },
  left({ id, name }) {
    people.delete(id);
    note(`${name} left`);
  },
  renamed({ id, name, before }) {
    people.set(id, name);
    note(`${before} is now ${name}`);
  },
  error({ message }) {
    complain(message);
  },
};

const commands = {
  name: (name) => send({ type: 'rename', name }),
  who: () => note(Array.from(people.values()).join(', ')),
  quit: () => ws.close(1000, 'bye'),
  help: () => note('/name NAME changes your name, /who says who is here, /quit leaves'),
};

function send(message) {
  ws.send(JSON.stringify(message));
}

const ws = new WebSocket(url);

ws.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  if (Object.hasOwn(handlers, message.type)) handlers[message.type](message);
};

ws.onerror = ({ message }) => complain(message);

ws.onclose = ({ code, reason, wasClean }) => {
  // /quit asks for 1000, and an error event comes before 1006.
  if (code !== 1000 && code !== 1006) complain(`The server closed: ${code} ${reason}`.trimEnd());
  process.exit(wasClean ? 0 : 1);
};

await new Promise((resolve) => {
  ws.onopen = resolve;
});
send({ type: 'join', name: process.env.NAME || process.env.USER || 'Guest' });

for await (const line of process.stdin.lines()) {
  const [, command, argument] = /^\/(\w+)\s*(.*)$/.exec(line) ?? [];
  if (ws.readyState !== WebSocket.OPEN) break;
  if (command === undefined) {
    if (line.trim() !== '') send({ type: 'say', text: line });
  } else if (Object.hasOwn(commands, command)) {
    commands[command](argument);
  } else {
    complain(`There is no /${command}. There are: /${Object.keys(commands).join(', /')}`);
  }
}
ws.close(1000, 'bye');
