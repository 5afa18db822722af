// What the pages of the examples share: how they are served, what they look like, and how they stay
// connected. Nothing in here is needed to use krandog.
//
// @ts-nocheck: half of it runs in a browser, and the types of krandog are not those of a browser.

export const mark = `<svg viewBox="0 0 32 32" aria-hidden="true">
<path fill="#0f766e" d="M10 5h12a5 5 0 0 1 5 5v9a7 7 0 0 1-7 7h-6l-5 4v-4.5a7 7 0 0 1-4-6.5v-9a5 5 0 0 1 5-5z"/>
<path fill="#f59e0b" d="M11 4C5 3 1 8 1 17c0 3 5 3 6 0 1-4 4-8 4-13zM21 4c6-1 10 4 10 13 0 3-5 3-6 0-1-4-4-8-4-13z"/>
<circle cx="12" cy="14" r="1.8" fill="#fff"/><circle cx="20" cy="14" r="1.8" fill="#fff"/>
<path fill="#fff" d="M13.5 18h5c.8 0 1 .8.5 1.300l-2.300 2.200a1 1 0 0 1-1.400 0L13 19.300c-.5-.5-.300-1.300.5-1.300z"/>
</svg>`;

export const icon = mark.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');

/**
 * A function that has a server serve a page at `/`. `name` is its title, `body` and `css` are its
 * own, and `program` is a function that runs in the browser and gets `{ connect, make }`.
 * @returns {(server: import('http').Server) => void}
 */
export function page({ name, description, body, css, program }) {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${description}">
<title>krandog ${name}</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}">
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
</head>
<body>
<header>
  <h1>${mark}<span>krandog <small>${name}</small></span></h1>
  <p id="status" role="status" data-state="connecting">Connecting</p>
</header>
${body}
</body>
</html>
`;
  // The source of a function is its text: what is sent is what was written.
  const source = `'use strict';\n(${program})({ connect: ${connect}, make: ${make} });\n`;
  return (server) => {
    server
      .get('/', () => ({ type: 'html', headers, body: html }))
      .get('/page.css', () => ({ type: 'css', headers, body: common + css }))
      .get('/page.js', () => ({ type: 'js', headers, body: source }));
  };
}

// Whatever slips into a page can neither run nor call another site.
export const headers = {
  'Cache-Control': 'no-cache',
  'Content-Security-Policy': "default-src 'none'; style-src 'self'; script-src 'self'; " +
    "connect-src 'self' ws: wss:; img-src data:; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

// --- in the browser ---

/**
 * A WebSocket to `path` of this server that comes back when it is lost, and says on the page how it
 * is. `on` has `open()`, `message(object)` and `closed(event)`, each optional; when `closed`
 * returns false, it stays closed.
 */
function connect(path, on) {
  const FIRST_MS = 500;
  const MOST_MS = 8000;
  const status = document.getElementById('status');
  let ws = null;
  let attempts = 0;
  let timer = null;

  function show(state, words) {
    if (status.dataset.state !== state) status.dataset.state = state;
    if (status.textContent !== words) status.textContent = words;
  }

  function begin() {
    clearTimeout(timer);
    timer = null;
    if (attempts === 0) show('connecting', 'Connecting');
    ws = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${path}`);
    ws.onopen = () => {
      attempts = 0;
      show('open', 'Connected');
      on.open?.();
    };
    ws.onmessage = (event) => on.message?.(JSON.parse(event.data));
    ws.onclose = (event) => {
      if (on.closed?.(event) === false) return show('waiting', 'Not connected');
      // Twice as long each time, and a random part of that: a server that comes back must not meet
      // everybody at the same moment.
      const most = Math.min(MOST_MS, FIRST_MS * 2 ** attempts);
      attempts += 1;
      show('waiting', 'Connection lost, trying again');
      timer = setTimeout(begin, most / 2 + Math.random() * most / 2);
    };
  }

  window.addEventListener('online', () => {
    if (timer !== null) begin();
  });
  begin();
  return {
    /** Sends an object, and returns false if there is no connection. */
    send(message) {
      if (ws.readyState !== WebSocket.OPEN) return false;
      ws.send(JSON.stringify(message));
      return true;
    },
  };
}

/** An element. Text in it is only ever text. */
function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

// --- its looks ---

const common = `
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
  --warm: #b45309;
  --good: #15803d;
  --wait: #a15c07;
  --bad: #b42318;
  --shade: 0 1px 2px rgb(40 35 20 / .08), 0 8px 24px rgb(40 35 20 / .06);
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
    --warm: #fbbf60;
    --good: #4ade80;
    --wait: #fbbf60;
    --bad: #ff9b8f;
    --shade: 0 1px 2px rgb(0 0 0 / .4), 0 8px 24px rgb(0 0 0 / .3);
  }
}
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
body {
  min-height: 100dvh;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
button, input { font: inherit; color: inherit; }
button {
  padding: .5rem 1rem;
  border: 1px solid var(--line);
  border-radius: .75rem;
  background: var(--raised);
  cursor: pointer;
}
button:hover { border-color: var(--accent); }
button:disabled { cursor: not-allowed; opacity: .5; }
button.main {
  border-color: transparent;
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
}
button.main:not(:disabled):hover { filter: brightness(1.08); }
input {
  min-width: 0;
  padding: .5rem .8rem;
  border: 1px solid var(--line);
  border-radius: .75rem;
  background: var(--raised);
}
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
header {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: .25rem 1rem;
  padding: .75rem max(1rem, env(safe-area-inset-left));
}
h1 {
  display: flex;
  align-items: center;
  gap: .6rem;
  font-size: 1.15rem;
  letter-spacing: -.01em;
}
h1 svg { width: 1.9rem; height: 1.9rem; }
h1 small { font-size: 1em; font-weight: 400; color: var(--soft); }
#status { display: flex; align-items: center; gap: .5rem; font-size: .875rem; color: var(--soft); }
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
@media (prefers-reduced-motion: reduce) {
  * { animation: none !important; transition: none !important; }
}
`;
