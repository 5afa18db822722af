// The page of rooms-chat.js: its markup and its style. Its program is rooms-chat-browser.js.

import { page } from './page.js';
import { chat } from './rooms-chat-browser.js';

const body = `<nav aria-label="Rooms">
  <ul id="rooms"></ul>
  <form id="opening" autocomplete="off">
    <label class="unseen" for="room">Another room</label>
    <input id="room" maxlength="24" placeholder="Another room" spellcheck="false" autocapitalize="none">
    <button>Enter</button>
  </form>
  <p id="me"><span>You are </span><button id="name" type="button" title="Change your name"></button></p>
</nav>
<main>
  <div id="head">
    <h2 id="title"></h2>
    <ul id="people" aria-label="People in this room"></ul>
    <button id="leave" type="button">Leave</button>
  </div>
  <div id="log" role="log" aria-live="polite" aria-label="Messages" tabindex="0"></div>
  <form id="composer" autocomplete="off">
    <label class="unseen" for="text">Message</label>
    <input id="text" maxlength="2000" placeholder="Say something" enterkeyhint="send">
    <button id="send" class="main">Send</button>
    <p id="problem" role="alert"></p>
  </form>
</main>
<dialog id="naming" aria-labelledby="naming-title">
  <form id="name-form" method="dialog" autocomplete="off">
    <h2 id="naming-title">What shall they call you?</h2>
    <label class="unseen" for="wanted">Your name</label>
    <input id="wanted" maxlength="24" required spellcheck="false" autocapitalize="words">
    <button class="main">That is me</button>
  </form>
</dialog>`;

const css = `
body {
  display: grid;
  grid-template: "head main" auto "rooms main" 1fr / 17rem minmax(0, 1fr);
  height: 100dvh;
  overflow: hidden;
}
header { grid-area: head; }
nav { grid-area: rooms; display: flex; flex-direction: column; gap: .75rem; min-height: 0; padding: .5rem 1rem 1rem; }
#rooms { flex: 1; min-height: 0; overflow-y: auto; padding: 3px; margin: -3px; list-style: none; }
#rooms button {
  display: flex;
  gap: .5rem;
  align-items: center;
  width: 100%;
  border-color: transparent;
  background: none;
  text-align: left;
}
#rooms button:hover { border-color: var(--line); }
#rooms .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
#rooms .name::before { content: "# "; color: var(--soft); }
#rooms .in .name { font-weight: 600; }
#rooms [aria-current] { border-color: var(--line); background: var(--raised); }
#rooms .people { margin-left: auto; font-size: .8125rem; color: var(--soft); }
#rooms .unread {
  padding: 0 .45rem;
  border-radius: 1rem;
  background: var(--accent);
  color: var(--on-accent);
  font-size: .75rem;
  font-weight: 600;
}
#opening { display: flex; gap: .5rem; }
#opening input { flex: 1; }
#me { font-size: .875rem; color: var(--soft); }
#me button { padding: .1rem .6rem; color: var(--text); overflow-wrap: anywhere; }
main {
  grid-area: main;
  display: flex;
  flex-direction: column;
  min-height: 0;
  border-left: 1px solid var(--line);
  background: var(--surface);
}
#head {
  display: flex;
  align-items: center;
  gap: .75rem;
  min-height: 3.6rem;
  padding: .6rem 1.25rem;
  border-bottom: 1px solid var(--line);
}
#head h2 { flex: none; max-width: 50%; overflow: hidden; font-size: 1.05rem; text-overflow: ellipsis; white-space: nowrap; }
#people { display: flex; flex: 1; gap: .3rem; min-width: 0; overflow: hidden; padding: 0; list-style: none; }
#leave { flex: none; padding: .2rem .7rem; font-size: .875rem; }
.face {
  flex: none;
  display: grid;
  place-items: center;
  width: 2rem;
  height: 2rem;
  border-radius: 50%;
  background: oklch(.5 .1 var(--hue));
  color: #fff;
  font-size: .75rem;
  font-weight: 600;
  user-select: none;
}
#log {
  flex: 1;
  overflow-y: auto;
  overscroll-behavior: contain;
  padding: 1rem max(1.25rem, calc(50% - 24rem)) .5rem;
}
#log:empty::before {
  content: "Nobody has said anything here lately.";
  display: block;
  padding-top: 20dvh;
  color: var(--soft);
  text-align: center;
}
#log:focus-visible { outline-offset: -3px; }
.notice { margin: .7rem 0; font-size: .875rem; color: var(--soft); text-align: center; overflow-wrap: anywhere; }
.message { display: grid; grid-template-columns: 2rem minmax(0, 1fr); gap: 0 .65rem; margin-top: .8rem; }
.message .face { grid-row: 1 / 3; margin-top: .15rem; }
.message .by { display: flex; flex-wrap: wrap; gap: 0 .5rem; align-items: baseline; }
.message .by strong { font-size: .9375rem; overflow-wrap: anywhere; }
.message time { font-size: .75rem; color: var(--soft); }
.message .text { white-space: pre-wrap; overflow-wrap: anywhere; }
.message.mine strong { color: var(--accent); }
.message.more { margin-top: .1rem; }
.message.more .by, .message.more .face { position: absolute; clip-path: inset(50%); }
.message.more .text { grid-column: 2; }
#composer {
  display: grid;
  grid-template-columns: 1fr auto;
  gap: .5rem .6rem;
  padding: .75rem max(1.25rem, calc(50% - 24rem)) max(.75rem, env(safe-area-inset-bottom));
}
#problem { grid-column: 1 / -1; font-size: .875rem; color: var(--bad); }
#problem:empty { display: none; }
dialog {
  width: min(22rem, calc(100vw - 2rem));
  margin: auto;
  padding: 1.75rem;
  border: 1px solid var(--line);
  border-radius: 1.25rem;
  background: var(--surface);
  color: var(--text);
  box-shadow: var(--shade);
}
dialog::backdrop { background: rgb(8 16 14 / .45); backdrop-filter: blur(3px); }
dialog form { display: grid; gap: .9rem; }
dialog h2 { font-size: 1.25rem; line-height: 1.3; }
@media (max-width: 46rem) {
  body { grid-template: "head" auto "rooms" auto "main" 1fr / minmax(0, 1fr); }
  #rooms { display: flex; flex: none; gap: .4rem; overflow: auto hidden; }
  #rooms li { flex: none; }
  #rooms button { width: auto; max-width: 12rem; padding: .25rem .7rem; border-color: var(--line); font-size: .9375rem; }
  #rooms [aria-current] { border-color: var(--accent); }
  nav { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .5rem; padding: 0 1rem .6rem; }
  #rooms { grid-column: 1 / -1; }
  #opening input, #opening button { padding: .25rem .7rem; font-size: .875rem; }
  #me { align-self: center; max-width: 8rem; }
  #me span { display: none; }
  #me button { overflow: hidden; max-width: 100%; text-overflow: ellipsis; white-space: nowrap; vertical-align: bottom; }
  main { border-left: 0; border-top: 1px solid var(--line); }
  #head { min-height: 3rem; padding: .4rem 1rem; }
  #log, #composer { padding-inline: 1rem; }
}
`;

export const addPage = page({
  name: 'rooms',
  description: 'Chat rooms served by krandog',
  body,
  css,
  program: chat,
});
