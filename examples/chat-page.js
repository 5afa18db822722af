// The page of chat-server.js: its markup, its style, and the program that runs in the browser.
//
// What people type reaches the page by `textContent` alone, so that it can only ever be text.

const mark = '<svg viewBox="0 0 32 32" aria-hidden="true"><path fill="#0f766e" d="M5 4l7 4h8l7-4' +
  'v15a8 8 0 0 1-8 8h-4l-6 4v-4a8 8 0 0 1-4-7z"/><path fill="#fff" d="M11 13a2 2 0 1 1 0 4 2 2 0 ' +
  '0 1 0-4zm10 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm-7 6h4l-2 3z"/></svg>';

const icon = mark.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');

export const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="description" content="A chat room served by krandog">
<title>krandog chat</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}">
<link rel="stylesheet" href="/chat.css">
<script src="/chat.js" defer></script>
</head>
<body>
<a class="skip" href="#text">Skip to the message box</a>

<header>
  <h1>${mark}<span>krandog <small>chat</small></span></h1>
  <p id="status" data-state="connecting">
    <span id="state" role="status">Connecting</span>
    <span id="countdown" aria-hidden="true"></span>
    <button id="retry" type="button" hidden>Try now</button>
  </p>
  <button id="toggle" type="button" aria-controls="people" aria-expanded="false">
    <span id="count">0</span> here
  </button>
</header>

<aside id="people" aria-labelledby="people-title">
  <h2 id="people-title">In the room</h2>
  <ul id="online"></ul>
  <p id="me" hidden>
    <span>You are <strong id="my-name"></strong></span>
    <button id="rename" type="button">Change name</button>
  </p>
</aside>

<main>
  <div id="log" role="log" aria-live="polite" aria-label="Messages" tabindex="0">
    <p id="empty">Nobody has said anything yet.<br>Open this page in a second window, or start.</p>
  </div>
  <button id="latest" type="button" hidden>New messages below</button>
  <form id="composer" autocomplete="off">
    <label class="unseen" for="text">Message</label>
    <textarea id="text" rows="1" maxlength="2000" placeholder="Say something to the room"
      enterkeyhint="send" aria-describedby="hint" disabled></textarea>
    <button id="send" disabled>Send</button>
    <p id="hint"><kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> starts a new line</p>
    <p id="problem" role="alert"></p>
  </form>
</main>

<dialog id="naming" aria-labelledby="naming-title">
  <form id="name-form" autocomplete="off">
    ${mark}
    <h2 id="naming-title">What shall they call you?</h2>
    <label for="name">Your name</label>
    <input id="name" maxlength="24" required spellcheck="false" autocapitalize="words"
      aria-describedby="name-hint name-problem">
    <p id="name-hint">Up to 24 characters. You can change it at any time.</p>
    <p id="name-problem" role="alert"></p>
    <div>
      <button id="cancel" type="button" hidden>Cancel</button>
      <button id="accept">Join the room</button>
    </div>
  </form>
</dialog>
</body>
</html>
`;

export const css = `
:root {
  color-scheme: light dark;
  --ground: #f3f1ec;
  --surface: #fffdf9;
  --raised: #ffffff;
  --line: #dfdad0;
  --text: #1f2a28;
  --soft: #5c6764;
  --accent: #0f766e;
  --on-accent: #ffffff;
  --mine: #0f766e;
  --on-mine: #ffffff;
  --good: #15803d;
  --wait: #a15c07;
  --bad: #b42318;
  --shade: 0 1px 2px rgb(40 35 20 / .08), 0 8px 24px rgb(40 35 20 / .06);
  --face: .48;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1514;
    --surface: #151d1b;
    --raised: #1e2826;
    --line: #2c3835;
    --text: #e8efec;
    --soft: #9fb0ab;
    --accent: #5eead4;
    --on-accent: #06231f;
    --mine: #115e56;
    --on-mine: #effffb;
    --good: #4ade80;
    --wait: #fbbf60;
    --bad: #ff9b8f;
    --shade: 0 1px 2px rgb(0 0 0 / .4), 0 8px 24px rgb(0 0 0 / .3);
    --face: .5;
  }
}

* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
html { height: 100%; }
body {
  display: grid;
  grid-template: "head main" auto "side main" 1fr / 17rem 1fr;
  height: 100dvh;
  overflow: hidden;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
button, input, textarea { font: inherit; color: inherit; }
button {
  padding: .4rem .8rem;
  border: 1px solid var(--line);
  border-radius: .6rem;
  background: var(--raised);
  cursor: pointer;
}
button:hover { border-color: var(--accent); }
button:disabled { cursor: not-allowed; opacity: .5; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.skip {
  position: fixed;
  z-index: 2;
  inset: .5rem auto auto .5rem;
  padding: .5rem 1rem;
  border-radius: .6rem;
  background: var(--accent);
  color: var(--on-accent);
  transform: translateY(-200%);
}
.skip:focus { transform: none; }

header { grid-area: head; padding: 1.25rem 1.25rem .75rem; }
h1 {
  display: flex;
  align-items: center;
  gap: .6rem;
  font-size: 1.25rem;
  letter-spacing: -.01em;
}
h1 svg { width: 2rem; height: 2rem; }
h1 small { font-size: 1em; font-weight: 400; color: var(--soft); }
#status {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: .25rem .5rem;
  min-height: 2rem;
  margin-top: .75rem;
  font-size: .875rem;
  color: var(--soft);
}
#status::before {
  content: "";
  width: .6rem;
  height: .6rem;
  border-radius: 50%;
  background: var(--wait);
}
#status[data-state="open"]::before { background: var(--good); }
#status[data-state="waiting"] { color: var(--bad); }
#status[data-state="waiting"]::before { background: var(--bad); }
#status[data-state="connecting"]::before { animation: pulse 1s ease-in-out infinite alternate; }
@keyframes pulse { to { opacity: .25; } }
#retry { padding: .1rem .6rem; font-size: .8125rem; color: var(--text); }
#toggle { display: none; }

#people {
  grid-area: side;
  display: flex;
  flex-direction: column;
  min-height: 0;
  padding: 0 1.25rem 1.25rem;
}
#people h2 {
  padding: .5rem 0;
  border-top: 1px solid var(--line);
  font-size: .8125rem;
  font-weight: 600;
  color: var(--soft);
}
#online {
  flex: 1;
  overflow-y: auto;
  margin: 0 -.5rem;
  padding: 0 .5rem;
  list-style: none;
}
#online li {
  display: flex;
  align-items: center;
  gap: .6rem;
  padding: .25rem 0;
  overflow-wrap: anywhere;
}
#online .face { width: 1.75rem; height: 1.75rem; font-size: .75rem; }
#online .you { color: var(--soft); font-size: .875rem; }
#me {
  display: flex;
  flex-direction: column;
  gap: .5rem;
  margin-top: .75rem;
  padding-top: .75rem;
  border-top: 1px solid var(--line);
  overflow-wrap: anywhere;
}
.face {
  flex: none;
  display: grid;
  place-items: center;
  width: 2.25rem;
  height: 2.25rem;
  border-radius: 50%;
  background: oklch(var(--face) .1 var(--hue));
  color: #fff;
  font-size: .875rem;
  font-weight: 600;
  user-select: none;
}

main {
  grid-area: main;
  position: relative;
  display: flex;
  flex-direction: column;
  min-width: 0;
  min-height: 0;
  background: var(--surface);
  border-left: 1px solid var(--line);
}
#log {
  flex: 1;
  overflow-y: auto;
  overscroll-behavior: contain;
  padding: 1.5rem max(1.25rem, calc(50% - 24rem)) .5rem;
}
#log:focus-visible { outline-offset: -3px; }
#empty { margin: 20dvh auto 0; max-width: 26rem; text-align: center; color: var(--soft); }
.notice {
  margin: .9rem 0;
  text-align: center;
  font-size: .875rem;
  color: var(--soft);
  overflow-wrap: anywhere;
}
.message {
  display: grid;
  grid-template: "face by" auto "face text" auto / 2.25rem minmax(0, max-content);
  column-gap: .65rem;
  justify-content: start;
  margin-top: 1rem;
}
.message .face { grid-area: face; align-self: start; margin-top: .15rem; }
.by { grid-area: by; display: flex; flex-wrap: wrap; gap: 0 .5rem; align-items: baseline; }
.by strong { font-size: .9375rem; overflow-wrap: anywhere; }
.by time { font-size: .75rem; color: var(--soft); }
.message .text {
  grid-area: text;
  justify-self: start;
  max-width: 34rem;
  padding: .45rem .8rem;
  border: 1px solid var(--line);
  border-radius: .3rem 1rem 1rem;
  background: var(--raised);
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.message.more { margin-top: .25rem; }
.message.more .face, .message.more .by strong { visibility: hidden; height: 0; }
.message.more .by { position: absolute; clip-path: inset(50%); }
.message.more .text { border-radius: 1rem; }
.message.mine { grid-template: "by" auto "text" auto / minmax(0, max-content); justify-content: end; }
.message.mine .face { display: none; }
.message.mine .by { justify-self: end; }
.message.mine .text {
  justify-self: end;
  border-color: transparent;
  border-radius: 1rem .3rem 1rem 1rem;
  background: var(--mine);
  color: var(--on-mine);
}
.message.mine.more .text { border-radius: 1rem; }
.text a { color: inherit; text-underline-offset: .15em; }
.fresh { animation: arrive .18s ease-out; }
@keyframes arrive { from { opacity: 0; transform: translateY(.4rem); } }

#latest {
  position: absolute;
  left: 50%;
  bottom: 7rem;
  transform: translateX(-50%);
  border-color: transparent;
  border-radius: 2rem;
  background: var(--accent);
  color: var(--on-accent);
  font-size: .875rem;
  box-shadow: var(--shade);
}
#composer {
  display: grid;
  grid-template-columns: 1fr auto;
  gap: .5rem .6rem;
  padding: .75rem max(1.25rem, calc(50% - 24rem)) max(.75rem, env(safe-area-inset-bottom));
}
#text {
  min-height: 2.9rem;
  max-height: 10rem;
  padding: .65rem .9rem;
  border: 1px solid var(--line);
  border-radius: 1rem;
  background: var(--raised);
  resize: none;
}
#text::placeholder { color: var(--soft); opacity: 1; }
#text:focus-visible, #name:focus-visible { outline-offset: 0; border-color: transparent; }
#send, #accept {
  border-color: transparent;
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
}
#send { align-self: end; min-height: 2.9rem; padding: 0 1.25rem; border-radius: 1rem; }
#send:not(:disabled):hover, #accept:hover { filter: brightness(1.08); }
#hint { font-size: .8125rem; color: var(--soft); }
#problem, #name-problem { font-size: .875rem; color: var(--bad); }
#problem { grid-column: 1 / -1; }
#problem:empty, #name-problem:empty { display: none; }
kbd {
  padding: 0 .3rem;
  border: 1px solid var(--line);
  border-radius: .3rem;
  background: var(--raised);
  font: inherit;
  font-size: .75rem;
}

dialog {
  width: min(24rem, calc(100vw - 2rem));
  margin: auto;
  padding: 1.75rem;
  border: 1px solid var(--line);
  border-radius: 1.25rem;
  background: var(--surface);
  color: var(--text);
  box-shadow: var(--shade);
}
dialog::backdrop { background: rgb(8 16 14 / .45); backdrop-filter: blur(3px); }
dialog form { display: grid; gap: .5rem; }
dialog svg { width: 3rem; height: 3rem; }
dialog h2 { margin-bottom: .5rem; font-size: 1.25rem; line-height: 1.3; }
dialog label { font-size: .875rem; font-weight: 600; }
#name {
  width: 100%;
  padding: .6rem .8rem;
  border: 1px solid var(--line);
  border-radius: .75rem;
  background: var(--raised);
}
#name-hint { font-size: .8125rem; color: var(--soft); }
dialog form div { display: flex; justify-content: end; gap: .6rem; margin-top: .75rem; }
dialog button { padding: .55rem 1.1rem; }

@media (max-width: 46rem) {
  body { grid-template: "head" auto "side" auto "main" 1fr / 1fr; }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: .25rem .75rem;
    padding: .6rem 1rem;
  }
  h1 { font-size: 1.05rem; }
  h1 svg { width: 1.75rem; height: 1.75rem; }
  #status { margin: 0; }
  #toggle { display: block; margin-left: auto; padding: .25rem .7rem; font-size: .875rem; }
  #people { display: none; max-height: 45dvh; padding: 0 1rem .75rem; }
  #people.shown { display: flex; }
  #me { flex-direction: row; flex-wrap: wrap; align-items: center; justify-content: space-between; }
  main { border-left: 0; border-top: 1px solid var(--line); }
  #log { padding: .75rem 1rem .5rem; }
  #composer { padding-inline: 1rem; }
  #hint { display: none; }
  #latest { bottom: 5rem; }
}
@media (prefers-reduced-motion: reduce) {
  * { animation: none !important; scroll-behavior: auto !important; }
}
@media (forced-colors: active) {
  .face, .message .text { border: 1px solid CanvasText; }
}
`;

// Runs in the browser, not here: the server sends its source.
function chat() {
  const RETRY_FIRST_MS = 500;
  const RETRY_MOST_MS = 15_000;
  const ENTRIES_MAX = 500;
  const TOGETHER_MS = 5 * 60_000; // Messages of one person this close share one heading.

  const $ = (id) => document.getElementById(id);
  const log = $('log');
  const text = $('text');
  const naming = $('naming');
  const people = new Map(); // From id to name.
  const mine = new Set(); // The ids that were ours, one for each connection.

  let ws = null;
  let attempts = 0;
  let retry = null; // What will try again: {timer, ticker}.
  let myName = null; // As the room knows us; null while we are not in it.
  let room = null;
  let lastNumber = 0;
  let previous = null; // The message that stands last in the log.
  let lastSent = '';
  let unread = 0;

  const remembered = {
    get name() {
      try { return localStorage.getItem('name') ?? ''; } catch { return ''; }
    },
    set name(name) {
      try { localStorage.setItem('name', name); } catch { /* A browser may forbid it. */ }
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
    if (ws?.readyState === WebSocket.OPEN) ws.send(JSON.stringify(message));
  }

  // --- what the server says ---

  const handlers = {
    welcome({ id, name, room: current, online, history }) {
      mine.add(id);
      if (current !== room) {
        room = current;
        lastNumber = 0;
      }
      people.clear();
      for (const person of online) people.set(person.id, person.name);
      setPresent(name);
      closeNaming();
      for (const message of history) addMessage(message, false);
      notice(`You are in the room as ${name}`);
      text.focus();
    },
    message(message) {
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
        setPresent(name);
        closeNaming();
        notice(`You are now ${name}`);
      } else {
        showPeople();
        notice(`${before} is now ${name}`);
      }
    },
    error({ code, message }) {
      if (naming.open) {
        $('name-problem').textContent = message;
      } else if (myName === null && code === 'bad-name') {
        askName(message);
      } else {
        $('problem').textContent = message;
        // What was refused is not lost.
        if (text.value === '') setText(lastSent);
      }
    },
  };

  // --- the log ---

  function addMessage(message, live) {
    if (message.number <= lastNumber) return; // Seen before the connection was lost.
    lastNumber = message.number;
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
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    $('empty')?.remove();
    if (live) entry.classList.add('fresh');
    log.append(entry);
    while (log.childElementCount > ENTRIES_MAX) log.firstElementChild.remove();
    if (atEnd || !calls) toEnd();
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
    let hue = 0;
    for (const character of name.toLowerCase()) hue = (hue * 31 + character.codePointAt(0)) % 360;
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
    remembered.name = name;
    if (name === myName) closeNaming();
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

  $('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    if (text.value.trim() === '') return;
    if (myName === null) {
      $('problem').textContent = 'You are not connected. What you wrote stays here.';
      return;
    }
    lastSent = text.value;
    send({ type: 'say', text: lastSent });
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
    if (log.scrollHeight - log.scrollTop - log.clientHeight < 80) $('latest').hidden = true;
  });
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

export const script = `'use strict';\n(${chat})();\n`;
