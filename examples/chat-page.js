// The page of chat-server.js: its markup and its style. Its program is chat-browser.js.

import { chat } from './chat-browser.js';
import { icon, mark } from './page.js';

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
  #status[data-state="waiting"] { order: 1; flex: 0 0 100%; flex-wrap: nowrap; min-height: 0; }
  #status > * { flex: none; }
  #status > #state { flex: 0 1 auto; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  #toggle { display: block; margin-left: auto; padding: .25rem .7rem; font-size: .875rem; }
  #people { display: none; max-height: 45dvh; padding: 0 1rem .75rem; }
  #people.shown:has(li) { display: flex; }
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

// The source of a function is its text: what is sent is what was written.
export const script = `'use strict';\n(${chat})();\n`;
