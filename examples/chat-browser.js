// The program of the chat page. It runs in a browser: chat-server.js only sends its source.
//
// @ts-nocheck: the types of krandog are not those of a browser.
//
// What people type reaches the page by `textContent` alone, so that it can only ever be text.

export function chat() {
  const RETRY_FIRST_MS = 500;
  const RETRY_MOST_MS = 15_000;
  const ENTRIES_MAX = 500;
  const TOGETHER_MS = 5 * 60_000; // Messages of one person this close share one heading.

  const $ = (id) => document.getElementById(id);
  const log = $('log');
  const text = $('text');
  const naming = $('naming');
  const people = new Map(); // From id to name.
  const mine = new Set(); // The ids that were ours in this room, one for each connection.

  let ws = null;
  let attempts = 0;
  let retry = null; // What will try again: {timer, ticker}.
  let myName = null; // As the room knows us; null while we are not in it.
  let room = null;
  let lastNumber = 0;
  let previous = null; // The message that stands last in the log.
  let unanswered = []; // What was sent, until the server says what became of it, in that order.
  let returned = ''; // What stands in front in the text box because it was not said.
  let unread = 0;
  let atEnd = true; // Whether the end of the log is in view.

  // Another tab may be somebody else; a new one begins as who was here last.
  const remembered = {
    get name() {
      try {
        return sessionStorage.getItem('name') ?? localStorage.getItem('name') ?? '';
      } catch {
        return '';
      }
    },
    set name(name) {
      try {
        sessionStorage.setItem('name', name);
        localStorage.setItem('name', name);
      } catch { /* A browser may forbid it. */ }
    },
  };

  // --- the connection ---

  function connect() {
    stopWaiting();
    show('connecting', attempts === 0 ? 'Connecting' : 'Reconnecting');
    const socket = new WebSocket(location.href.replace(/^http/, 'ws').replace(/#.*/, ''));
    ws = socket;
    socket.onopen = () => {
      attempts = 0;
      show('open', 'Connected');
      if (remembered.name === '') askName();
      else send({ type: 'join', name: remembered.name });
    };
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      handlers[message.type]?.(message);
    };
    socket.onclose = () => {
      if (ws !== socket) return;
      ws = null;
      setPresent(null);
      takeBackUnanswered();
      waitAndConnect();
    };
  }

  // Twice as long each time, and a random part of that: a server that comes back must not meet
  // everybody at the same moment.
  function waitAndConnect() {
    const most = Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** attempts);
    const delay = most / 2 + Math.random() * most / 2;
    attempts += 1;
    show('waiting', 'Connection lost, trying again');
    const due = Date.now() + delay;
    const tick = () => {
      $('countdown').textContent = `in ${Math.max(1, Math.ceil((due - Date.now()) / 1000))} s`;
    };
    tick();
    $('retry').hidden = false;
    retry = { timer: setTimeout(connect, delay), ticker: setInterval(tick, 500) };
  }

  function stopWaiting() {
    if (retry === null) return;
    clearTimeout(retry.timer);
    clearInterval(retry.ticker);
    retry = null;
    $('retry').hidden = true;
    $('countdown').textContent = '';
  }

  function show(state, words) {
    $('status').dataset.state = state;
    $('state').textContent = words;
  }

  function send(message) {
    if (ws?.readyState !== WebSocket.OPEN) return;
    ws.send(JSON.stringify(message));
    unanswered.push(message);
  }

  // The server answers one message after the other: what it answers now was sent first.
  function answered() {
    return unanswered.shift();
  }

  // Nobody knows whether it was heard before the connection was lost.
  function takeBackUnanswered() {
    for (const { type, text: words } of unanswered) if (type === 'say') giveBack(words);
    unanswered = [];
  }

  // --- what the server says ---

  const handlers = {
    welcome({ id, name, room: current, online, history }) {
      const wanted = answered()?.name ?? name;
      if (current !== room) {
        // Another server gives the same ids to other people.
        room = current;
        lastNumber = 0;
        mine.clear();
      }
      const holder = online.find((person) => isSameName(person.name, wanted));
      // The name that we got is ours from now on, so that nobody changes places with anybody when
      // all come back; but not while a lost connection of our own still holds the other.
      if (holder === undefined || !mine.has(holder.id)) remembered.name = name;
      mine.add(id);
      $('problem').textContent = '';
      people.clear();
      for (const person of online) people.set(person.id, person.name);
      setPresent(name);
      closeNaming();
      for (const message of history) addMessage(message, false);
      notice(`You are in the room as ${name}`);
      text.focus();
    },
    message(message) {
      if (mine.has(message.id)) {
        answered();
        $('problem').textContent = '';
      }
      addMessage(message, true);
    },
    joined({ id, name }) {
      people.set(id, name);
      showPeople();
      notice(`${name} joined`);
    },
    left({ id, name }) {
      people.delete(id);
      showPeople();
      notice(`${name} left`);
    },
    renamed({ id, name, before }) {
      people.set(id, name);
      if (mine.has(id)) {
        answered();
        remembered.name = name;
        setPresent(name);
        closeNaming();
        notice(`You are now ${name}`);
      } else {
        showPeople();
        notice(`${before} is now ${name}`);
      }
    },
    error({ code, message }) {
      const refused = answered();
      // What was refused is not lost.
      if (refused?.type === 'say') giveBack(refused.text);
      if (naming.open) {
        $('name-problem').textContent = message;
      } else if (myName === null && code === 'bad-name') {
        askName(message);
      } else {
        $('problem').textContent = message;
      }
    },
  };

  // --- the log ---

  function addMessage(message, live) {
    if (message.number <= lastNumber) return; // Seen before the connection was lost.
    lastNumber = message.number;
    $('empty')?.remove();
    const own = mine.has(message.id);
    const more = previous !== null && previous.id === message.id &&
      previous.name === message.name && message.time - previous.time < TOGETHER_MS;
    const time = new Date(message.time);
    const clock = make('time', {
      dateTime: time.toISOString(),
      textContent: time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
      title: time.toLocaleString(),
    });
    const by = make('div', { className: 'by' });
    by.append(make('strong', { textContent: own ? 'You' : message.name }), clock);
    const said = make('div', { className: 'text' });
    said.append(...linked(message.text));
    const entry = make('article', { className: 'message' });
    entry.classList.toggle('mine', own);
    entry.classList.toggle('more', more);
    entry.append(face(message.name), by, said);
    append(entry, live, live && !own);
    previous = message;
    if (live && document.hidden) {
      unread += 1;
      document.title = `(${unread}) krandog chat`;
    }
  }

  function notice(words) {
    append(make('p', { className: 'notice', textContent: words }), true, false);
    previous = null;
  }

  function append(entry, live, calls) {
    const stays = atEnd;
    if (live) entry.classList.add('fresh');
    log.append(entry);
    while (log.childElementCount > ENTRIES_MAX) log.firstElementChild.remove();
    if (stays || !calls) toEnd();
    else $('latest').hidden = false;
  }

  function toEnd() {
    log.scrollTop = log.scrollHeight;
    $('latest').hidden = true;
  }

  // The text, with addresses as links.
  function linked(words) {
    return words.split(/(https?:\/\/[^\s<>"]+[^\s<>".,:;!?)\]'])/u).map((part, index) => {
      if (index % 2 === 0) return part;
      return make('a', {
        href: part,
        textContent: part,
        target: '_blank',
        rel: 'noopener noreferrer nofollow',
      });
    });
  }

  function make(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  // The first letters of a name, on a colour that stays the same for it.
  function face(name) {
    let sum = 0;
    for (const character of name.toLowerCase()) sum = (sum * 31 + character.codePointAt(0)) % 9973;
    const hue = sum * 137 % 360;
    const words = name.split(' ').filter((word) => word !== '');
    const letters = words.slice(0, 2).map((word) => Array.from(word)[0]).join('');
    const circle = make('span', { className: 'face', textContent: letters.toUpperCase() });
    circle.setAttribute('aria-hidden', 'true');
    circle.style.setProperty('--hue', hue);
    return circle;
  }

  // --- who is here ---

  function setPresent(name) {
    myName = name;
    const present = name !== null;
    if (!present) people.clear();
    $('me').hidden = !present;
    $('my-name').textContent = name ?? '';
    text.disabled = false;
    $('send').disabled = !present;
    showPeople();
  }

  function showPeople() {
    $('count').textContent = people.size;
    const rows = Array.from(people).map(([id, name]) => {
      const row = make('li', {});
      row.append(face(name), make('span', { textContent: name }));
      if (mine.has(id)) row.append(make('span', { className: 'you', textContent: '(you)' }));
      return row;
    });
    $('online').replaceChildren(...rows);
  }

  // --- names ---

  function askName(problem = '') {
    const renames = myName !== null;
    $('naming-title').textContent = renames ? 'Change your name' : 'What shall they call you?';
    $('accept').textContent = renames ? 'Change name' : 'Join the room';
    $('cancel').hidden = !renames;
    $('name').value = myName ?? remembered.name;
    $('name-problem').textContent = problem;
    if (!naming.open) naming.showModal();
    $('name').select();
  }

  function isSameName(one, other) {
    return one.toLowerCase() === other.toLowerCase();
  }

  function closeNaming() {
    if (naming.open) naming.close();
  }

  $('name-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const name = $('name').value.trim();
    if (name === '') {
      $('name-problem').textContent = 'A name needs a letter or a digit.';
      return;
    }
    if (ws?.readyState !== WebSocket.OPEN) {
      remembered.name = name;
      $('name-problem').textContent = 'Not connected at the moment. You join as soon as we are.';
    } else if (name === myName) closeNaming();
    else send({ type: myName === null ? 'join' : 'rename', name });
  });
  $('cancel').addEventListener('click', closeNaming);
  $('rename').addEventListener('click', () => askName());
  naming.addEventListener('cancel', (event) => {
    if (myName === null) event.preventDefault();
  });

  // --- saying something ---

  function setText(words) {
    text.value = words;
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight + 2}px`;
  }

  // Puts a text back that was not said: behind others like it, before what is being written.
  function giveBack(words) {
    const written = text.value.startsWith(returned) ? text.value.slice(returned.length) : text.value;
    returned = returned === '' ? words : `${returned}\n${words}`;
    const rest = written.replace(/^\n/, '');
    setText(rest === '' ? returned : `${returned}\n${rest}`);
  }

  $('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    if (text.value.trim() === '') return;
    if (myName === null) {
      $('problem').textContent = 'You are not connected. What you wrote stays here.';
      return;
    }
    send({ type: 'say', text: text.value });
    returned = '';
    setText('');
  });
  text.addEventListener('input', () => {
    $('problem').textContent = '';
    setText(text.value);
  });
  text.addEventListener('keydown', (event) => {
    // While a word is being composed, Enter ends the word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    $('composer').requestSubmit();
  });

  // --- the rest ---

  $('retry').addEventListener('click', connect);
  $('latest').addEventListener('click', toEnd);
  $('toggle').addEventListener('click', () => {
    const shown = $('people').classList.toggle('shown');
    $('toggle').setAttribute('aria-expanded', shown);
  });
  log.addEventListener('scroll', () => {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    if (atEnd) $('latest').hidden = true;
  });
  // A keyboard on the screen, or the list of people, takes room from the log.
  new ResizeObserver(() => {
    if (atEnd) toEnd();
  }).observe(log);
  window.addEventListener('online', () => {
    if (retry !== null) connect();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    unread = 0;
    document.title = 'krandog chat';
  });

  connect();
}
