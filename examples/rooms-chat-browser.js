// The program of the page of rooms-chat.js. It runs in a browser.
//
// @ts-nocheck: the types of krandog are not those of a browser.
//
// What people type reaches the page by `textContent` alone, so that it can only ever be text.

export function chat({ connect, make }) {
  const ENTRIES_MAX = 300; // Of a room.
  const TOGETHER_MS = 5 * 60_000; // Messages of one person this close share one heading.

  const $ = (id) => document.getElementById(id);
  // Those that we are in: from name to {entries, people, since, unread, last}.
  const rooms = new Map();
  let others = []; // [name, count] of those with most people.
  let current = null;
  let me = null; // Our id.
  let unheard = []; // What was sent and has not come back yet: {room, text}.

  // A browser may forbid to remember.
  function remember(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch { /* Then it is for this page alone. */ }
  }
  function remembered(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }
  const secret = remembered('secret') ?? crypto.getRandomValues(new Uint32Array(4)).join('-');
  remember('secret', secret);
  let name = remembered('name') ?? '';
  for (const room of remembered('rooms') ?? ['lobby']) rooms.set(room, empty());
  current = asked() || Array.from(rooms.keys())[0] || 'lobby';
  if (!rooms.has(current)) rooms.set(current, empty());

  // The room in the address.
  function asked() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return '';
    }
  }

  function empty() {
    return { entries: [], people: new Map(), since: null, unread: 0, last: null };
  }

  // --- the connection ---

  const link = connect('/chat', {
    open: () => {
      if (name !== '') hello();
    },
    message: (message) => handlers[message.type]?.(message),
    closed() {
      // Nobody knows whether that was heard.
      const lost = unheard.filter(({ room }) => room === current).map(({ text }) => text);
      $('text').value = [...lost, $('text').value].filter((text) => text !== '').join(' ');
      unheard = [];
    },
  });

  function hello() {
    link.send({ type: 'hello', secret, name });
    for (const [room, { since }] of rooms) link.send({ type: 'enter', room, since });
  }

  const handlers = {
    welcome({ id, name: ours }) {
      me = id;
      name = ours;
      remember('name', name);
      $('name').textContent = name;
    },
    message({ room, epoch, offset, ...message }) {
      const here = rooms.get(room);
      if (here === undefined) return;
      if (epoch === here.since?.epoch && offset <= here.since.offset) return;
      here.since = { epoch, offset };
      if (message.id === me) {
        unheard = unheard.filter((sent) => sent.room !== room || sent.text !== message.text);
      } else if (room !== current || document.hidden) here.unread += 1;
      add(room, entry(here, message));
      showRooms();
    },
    entered({ room, status, people }) {
      const here = rooms.get(room);
      if (here === undefined) return;
      here.people = new Map(people.map(({ id, name: called }) => [id, called]));
      if (status === 'lost') add(room, notice('Some of what was said here may be missing'));
      if (room === current) showPeople();
    },
    came({ room, id, name: called }) {
      rooms.get(room)?.people.set(id, called);
      if (id !== me) add(room, notice(`${called} came`));
      if (room === current) showPeople();
    },
    renamed({ room, id, name: called }) {
      const before = rooms.get(room)?.people.get(id);
      rooms.get(room)?.people.set(id, called);
      const words = id === me ? `You are now ${called}` : `${before} is now ${called}`;
      if (before !== called) add(room, notice(words));
      if (room === current) showPeople();
    },
    gone({ room, id, name: called }) {
      rooms.get(room)?.people.delete(id);
      add(room, notice(`${called} went`));
      if (room === current) showPeople();
    },
    rooms({ rooms: list }) {
      others = list;
      showRooms();
    },
    error({ message, room }) {
      if (rooms.size > 1 && rooms.delete(room) && room === current) go(Array.from(rooms.keys())[0]);
      showAll();
      $('problem').textContent = `Refused: ${message}.`;
    },
  };

  // --- what was said ---

  function entry(here, { id, name: called, text, time }) {
    const { last } = here;
    const more = last?.id === id && last.name === called && time - last.time < TOGETHER_MS;
    here.last = { id, name: called, time };
    const when = new Date(time);
    const clock = make('time', {
      dateTime: when.toISOString(),
      textContent: when.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
    });
    const by = make('div', { className: 'by' }, make('strong', { textContent: called }), clock);
    const said = make('article', { className: 'message' }, face(id, called), by,
      make('div', { className: 'text', textContent: text }));
    said.classList.toggle('mine', id === me);
    said.classList.toggle('more', more);
    return said;
  }

  function notice(textContent) {
    return make('p', { className: 'notice', textContent });
  }

  function add(room, element) {
    const here = rooms.get(room);
    if (here === undefined) return;
    if (element.className === 'notice') here.last = null;
    here.entries.push(element);
    if (here.entries.length > ENTRIES_MAX) here.entries.shift().remove();
    if (room !== current) return;
    const log = $('log');
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    log.append(element);
    if (atEnd || element.classList.contains('mine')) log.scrollTop = log.scrollHeight;
  }

  // The first letters of a name, on a colour that stays the same for a person.
  function face(id, called) {
    const letters = called.split(' ').slice(0, 2).map((word) => Array.from(word)[0]).join('');
    const circle = make('span', { className: 'face', textContent: letters.toUpperCase() });
    circle.setAttribute('aria-hidden', 'true');
    circle.style.setProperty('--hue', id * 137 % 360);
    return circle;
  }

  // --- rooms ---

  function go(room) {
    if (!rooms.has(room)) {
      rooms.set(room, empty());
      if (name !== '') link.send({ type: 'enter', room, since: null });
    }
    current = room;
    history.replaceState(null, '', `#${room}`);
    $('problem').textContent = '';
    showAll();
    $('text').focus();
  }

  function showAll() {
    remember('rooms', Array.from(rooms.keys()));
    const here = rooms.get(current);
    here.unread = 0;
    $('title').textContent = `# ${current}`;
    $('leave').disabled = rooms.size === 1;
    $('log').replaceChildren(...here.entries);
    $('log').scrollTop = $('log').scrollHeight;
    showRooms();
    showPeople();
  }

  function showRooms() {
    const counts = new Map(others);
    const names = new Set([...rooms.keys(), ...counts.keys()]);
    $('rooms').replaceChildren(...Array.from(names, (room) => {
      const unread = rooms.get(room)?.unread ?? 0;
      const button = make('button', { type: 'button', className: rooms.has(room) ? 'in' : '' },
        make('span', { className: 'name', textContent: room }));
      const number = (className, textContent) => {
        button.append(make('span', { className, textContent, title: className }));
      };
      if (unread > 0) number('unread', unread);
      if (counts.has(room)) number('people', counts.get(room));
      if (room === current) button.setAttribute('aria-current', 'true');
      button.addEventListener('click', () => go(room));
      return make('li', {}, button);
    }));
  }

  function showPeople() {
    const { people } = rooms.get(current);
    $('people').replaceChildren(...Array.from(people, ([id, called]) => (
      make('li', { title: called }, face(id, called), make('span', { className: 'unseen' }, called))
    )));
  }

  $('opening').addEventListener('submit', (event) => {
    event.preventDefault();
    const room = $('room').value.trim().toLowerCase().replace(/\s+/g, '-');
    if (!/^[\p{L}\p{N}][\p{L}\p{N}-]*$/u.test(room)) {
      $('problem').textContent = 'A room is named with letters, digits and -.';
      return;
    }
    $('room').value = '';
    go(room);
  });
  $('leave').addEventListener('click', () => {
    link.send({ type: 'leave', room: current });
    rooms.delete(current);
    go(Array.from(rooms.keys())[0]);
  });
  window.addEventListener('hashchange', () => {
    if (asked() !== '' && asked() !== current) go(asked());
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) rooms.get(current).unread = 0;
    showRooms();
  });

  // --- saying something ---

  $('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    const text = $('text').value.trim();
    if (text === '') return;
    if (!link.send({ type: 'say', room: current, text })) {
      $('problem').textContent = 'You are not connected. What you wrote stays here.';
      return;
    }
    unheard.push({ room: current, text });
    $('text').value = '';
    $('problem').textContent = '';
  });

  // --- names ---

  function askName() {
    $('wanted').value = name;
    $('naming').showModal();
    $('wanted').select();
  }
  $('name').addEventListener('click', askName);
  $('naming').addEventListener('cancel', (event) => {
    if (name === '') event.preventDefault();
  });
  $('name-form').addEventListener('submit', (event) => {
    const wanted = $('wanted').value.trim();
    if (wanted === '') return event.preventDefault();
    if (me !== null && link.send({ type: 'rename', name: wanted })) return;
    name = wanted;
    $('name').textContent = name;
    hello();
  });

  $('name').textContent = name;
  showAll();
  if (name === '') askName();
}
