// The page of signalling.js. Its program runs in a browser.
//
// @ts-nocheck: the types of krandog are not those of a browser.

import { page } from './page.js';

const body = `<main>
  <form id="start" autocomplete="off">
    <h2>A call for two</h2>
    <p>Picture and sound go from browser to browser. Whoever knows the name can join.</p>
    <label for="name">Name of the call</label>
    <input id="name" maxlength="40" required spellcheck="false" autocapitalize="none"
      pattern="[a-z0-9\\-]+" title="Small letters, digits and -">
    <button class="main">Join</button>
    <p id="problem" role="alert"></p>
  </form>
  <section id="call" aria-label="The call" hidden>
    <video id="other" autoplay playsinline aria-label="The other"></video>
    <div id="waiting">
      <p id="words" role="status"></p>
      <button id="copy" type="button">Copy the address</button>
    </div>
    <video id="own" autoplay playsinline muted aria-label="You"></video>
    <div id="controls">
      <button id="sound" type="button" aria-pressed="false">Mute</button>
      <button id="picture" type="button" aria-pressed="false">Camera off</button>
      <button id="leave" type="button">Leave</button>
    </div>
  </section>
</main>`;

const css = `
body { display: grid; grid-template-rows: auto 1fr; height: 100dvh; overflow: hidden; }
main { display: grid; min-height: 0; }
body:has(#call[hidden]) #status { display: none; }
#start {
  display: grid;
  gap: .6rem;
  width: min(24rem, calc(100vw - 2rem));
  margin: auto;
  padding: 1.75rem;
  border: 1px solid var(--line);
  border-radius: 1.25rem;
  background: var(--surface);
  box-shadow: var(--shade);
}
#start h2 { font-size: 1.25rem; line-height: 1.3; }
#start p { color: var(--soft); font-size: .9375rem; }
#start label { margin-top: .5rem; font-size: .875rem; font-weight: 600; }
#start button { margin-top: .5rem; }
#start #problem { color: var(--bad); }
#problem:empty { display: none; }
#call {
  position: relative;
  min-height: 0;
  margin: 0 .75rem max(.75rem, env(safe-area-inset-bottom));
  overflow: hidden;
  border-radius: 1.25rem;
  background: #101614;
}
#other { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; }
#waiting {
  position: absolute;
  inset: 0;
  display: grid;
  place-content: center;
  justify-items: center;
  gap: 1rem;
  padding: 1.5rem 1.5rem 9rem;
  color: #dfe9e5;
  text-align: center;
  overflow-wrap: anywhere;
}
#waiting button, #controls button {
  border-color: #ffffff40;
  background: #26322ee6;
  color: #eef5f2;
}
#own {
  position: absolute;
  right: 1rem;
  bottom: 5rem;
  width: clamp(7rem, 22%, 15rem);
  border: 2px solid #ffffff40;
  border-radius: .9rem;
  background: #1e2826;
  transform: scaleX(-1);
}
#controls {
  position: absolute;
  inset: auto 0 1rem;
  display: flex;
  justify-content: center;
  gap: .6rem;
}
#controls [aria-pressed="true"] { border-color: transparent; background: #fbbf60; color: #231703; }
#controls #leave { border-color: transparent; background: #c02a1e; color: #fff; font-weight: 600; }
`;

function calls({ connect }) {
  const $ = (id) => document.getElementById(id);
  // Of this page, until it is loaded again.
  const session = crypto.getRandomValues(new Uint32Array(2)).join('-');
  let link = null;
  let stream = new MediaStream();
  let ice = [];
  let welcome = false; // Whether the server has said so, on this connection.
  let first = false; // Whoever was there first makes the offers; the other answers them.
  let away = true; // Whether the other is not at the server.
  let call = null; // {pc, other}

  // --- the way in ---

  const suggestion = () => {
    const words = ['amber', 'birch', 'comet', 'delta', 'ember', 'fjord', 'grove', 'heron'];
    const [a, b, number] = crypto.getRandomValues(new Uint16Array(3));
    return `${words[a % 8]}-${words[b % 8]}-${number}`;
  };
  const asked = () => location.hash.slice(1);
  $('name').value = asked() || suggestion();
  window.addEventListener('hashchange', () => {
    if (link === null) $('name').value = asked();
    else if (asked() !== $('name').value) location.reload();
  });

  $('start').addEventListener('submit', async (event) => {
    event.preventDefault();
    const name = $('name').value;
    history.replaceState(null, '', `#${name}`);
    const problem = await openDevices();
    $('own').srcObject = stream;
    $('own').hidden = stream.getVideoTracks().length === 0;
    $('sound').hidden = stream.getAudioTracks().length === 0;
    $('picture').hidden = stream.getVideoTracks().length === 0;
    $('start').hidden = true;
    $('call').hidden = false;
    say(problem);
    link = connect(`/call/${name}`, {
      open() {
        welcome = false;
      },
      message,
      closed({ code, reason }) {
        if (code < 4000) return true;
        end();
        $('call').hidden = true;
        $('start').hidden = false;
        $('problem').textContent = `You cannot join: ${reason}.`;
        for (const track of stream.getTracks()) track.stop();
        return false;
      },
    });
  });

  // Without a camera one can still look and listen.
  async function openDevices() {
    for (const wanted of [{ audio: true, video: true }, { audio: true }]) {
      try {
        stream = await navigator.mediaDevices.getUserMedia(wanted);
        return '';
      } catch { /* The next is less. */ }
    }
    stream = new MediaStream();
    return isSecureContext
      ? 'No camera and no microphone: you can only watch. '
      : 'Browsers give no camera to a page without https: you can only watch. ';
  }

  function say(before = '') {
    const connected = call?.pc.connectionState === 'connected';
    $('waiting').hidden = connected;
    $('copy').hidden = call !== null;
    const alone = `Waiting for somebody. Send them the address of this page: ${location.href}`;
    const together = connected ? 'In a call' : 'Connecting to the other';
    const now = call === null ? alone : together;
    $('words').textContent = before + now;
  }

  // --- what the server and the other say: one after the other ---

  let queue = Promise.resolve();
  function message(data) {
    queue = queue.then(() => handlers[data.type]?.(data)).catch((error) => console.warn(error));
  }

  const handlers = {
    welcome({ other, ice: servers }) {
      if (welcome) return; // Only the first is the server's own.
      welcome = true;
      first = false;
      ice = servers;
      away = !other;
      if (other) greet();
    },
    arrived() {
      first = true;
      away = false;
      greet();
    },
    left() {
      away = true;
      if (call !== null && call.pc.connectionState !== 'connected') end();
    },
    // The first thing that pages say to each other. A call that works survives its server.
    hello({ session: other, anew }) {
      if (anew || other !== call?.other || !works()) begin(other);
    },
    bye() {
      end();
    },
    async description({ description }) {
      if (call === null) return;
      const { pc } = call;
      await pc.setRemoteDescription(description);
      if (description.type === 'offer') await describe(pc);
    },
    async candidate({ candidate }) {
      await call?.pc.addIceCandidate(candidate);
    },
  };

  const works = () => call !== null && call.pc.connectionState === 'connected';

  function greet() {
    link.send({ type: 'hello', session, anew: !works() });
  }

  // --- the call ---

  function begin(other) {
    end();
    const pc = new RTCPeerConnection({ iceServers: ice });
    call = { pc, other };
    for (const kind of ['audio', 'video']) {
      const track = stream.getTracks().find((one) => one.kind === kind);
      if (track !== undefined) pc.addTrack(track, stream);
      else if (first) pc.addTransceiver(kind, { direction: 'recvonly' });
    }
    pc.onnegotiationneeded = () => {
      if (first) describe(pc).catch((error) => console.warn(error));
    };
    pc.onicecandidate = ({ candidate }) => link.send({ type: 'candidate', candidate });
    const received = new MediaStream();
    pc.ontrack = ({ track }) => {
      received.addTrack(track);
      $('other').srcObject = received;
    };
    pc.onconnectionstatechange = () => {
      if (call?.pc !== pc) return;
      if (pc.connectionState === 'failed' || pc.connectionState === 'disconnected') {
        if (away) return end();
        if (first && pc.connectionState === 'failed') pc.restartIce();
      }
      say();
    };
    say();
  }

  // An offer, or the answer to one.
  async function describe(pc) {
    await pc.setLocalDescription();
    link.send({ type: 'description', description: pc.localDescription });
  }

  function end() {
    call?.pc.close();
    call = null;
    $('other').srcObject = null;
    say();
  }

  // --- buttons ---

  function toggle(button, kind, [on, off]) {
    button.addEventListener('click', () => {
      const track = stream.getTracks().find((one) => one.kind === kind);
      track.enabled = !track.enabled;
      button.setAttribute('aria-pressed', !track.enabled);
      button.textContent = track.enabled ? on : off;
    });
  }
  toggle($('sound'), 'audio', ['Mute', 'Muted']);
  toggle($('picture'), 'video', ['Camera off', 'Camera is off']);

  $('copy').addEventListener('click', async () => {
    await navigator.clipboard?.writeText(location.href);
    $('copy').textContent = navigator.clipboard ? 'Copied' : 'Copy it from above';
  });
  $('leave').addEventListener('click', () => {
    history.replaceState(null, '', location.pathname);
    location.reload();
  });
  window.addEventListener('pagehide', () => link?.send({ type: 'bye' }));
}

export const addPage = page({
  name: 'call',
  description: 'Video calls of two, brought together by krandog',
  body,
  css,
  program: calls,
});
