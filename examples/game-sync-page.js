// The page of game-sync.js. Its program runs in a browser.
//
// @ts-nocheck: the types of krandog are not those of a browser.

import { page } from './page.js';

const body = `<main>
  <canvas id="field" role="img" aria-label="The field"></canvas>
  <section id="board" aria-label="Scores"><ol id="scores"></ol><p id="facts"></p></section>
  <p id="help">Arrow keys, WASD, or hold and drag: collect the crumbs.</p>
</main>`;

const css = `
body { display: grid; grid-template-rows: auto 1fr; height: 100dvh; overflow: hidden; }
main { position: relative; min-height: 0; border-top: 1px solid var(--line); }
canvas { display: block; width: 100%; height: 100%; touch-action: none; cursor: crosshair; }
#board, #help {
  position: absolute;
  padding: .5rem .8rem;
  border: 1px solid var(--line);
  border-radius: .75rem;
  background: color-mix(in srgb, var(--raised) 85%, transparent);
  font-size: .875rem;
  pointer-events: none;
}
#board { top: .75rem; right: .75rem; min-width: 9.5rem; }
#scores { padding: 0; list-style: none; }
#scores li { display: flex; align-items: center; gap: .5rem; }
#scores li::before {
  content: "";
  width: .7rem;
  height: .7rem;
  border-radius: 50%;
  background: hsl(var(--hue) 60% 50%);
}
#scores b { margin-left: auto; padding-left: 1rem; font-variant-numeric: tabular-nums; }
#scores .me { font-weight: 600; }
#facts {
  margin-top: .3rem;
  padding-top: .3rem;
  border-top: 1px solid var(--line);
  font-size: .75rem;
  color: var(--soft);
}
#help {
  left: 50%;
  bottom: max(.75rem, env(safe-area-inset-bottom));
  width: max-content;
  max-width: calc(100% - 1.5rem);
  transform: translateX(-50%);
  color: var(--soft);
  text-align: center;
}
`;

function game({ connect, make }) {
  // What is drawn is this old, so that there is always a state after it to move towards.
  const BEHIND_MS = 100;
  const VIEW = 760; // How much of the field the shorter side of the canvas shows.
  const KEYS = {
    ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    KeyA: [-1, 0], KeyD: [1, 0], KeyW: [0, -1], KeyS: [0, 1],
  };
  const $ = (id) => document.getElementById(id);
  const canvas = $('field');
  const draw = canvas.getContext('2d');
  const pressed = new Set();
  let pointer = null; // Where a finger or the mouse is pressed, on the canvas.
  let me = null;
  let size = 1600;
  let tick = 50;
  let states = []; // The last few, in order; `at` is when they are, in the server's time.
  let offset = null; // From the server's time to ours.
  let camera = { x: 0, y: 0, scale: 1 };
  let sent = '[0,0]';
  let heard = 0;

  const link = connect('/play', {
    message(message) {
      if (message.type === 'welcome') {
        ({ id: me, size, tick } = message);
        states = [];
        offset = null;
        sent = '[0,0]';
        return;
      }
      heard += 1;
      const at = message.number * tick;
      // The fastest message says most about the clock. It may be wrong in time, so it wears off.
      const late = performance.now() - at;
      offset = offset === null ? late : Math.min(late, offset + .5);
      const { players, crumbs } = message;
      states.push({ at, players: new Map(players.map((player) => [player[0], player])), crumbs });
      if (states.length > 20) states.shift();
    },
  });

  // --- where we want to go ---

  function wanted() {
    const own = shown().get(me);
    if (pointer !== null && own !== undefined) {
      const x = pointer.x - (own.x - camera.x) * camera.scale;
      const y = pointer.y - (own.y - camera.y) * camera.scale;
      const length = Math.hypot(x, y);
      return length < 12 ? [0, 0] : [x / length, y / length];
    }
    let [x, y] = [0, 0];
    for (const code of pressed) [x, y] = [x + KEYS[code][0], y + KEYS[code][1]];
    return [x, y];
  }

  setInterval(() => {
    const now = wanted().map((part) => Math.round(part * 100) / 100);
    if (`[${now}]` === sent) return;
    if (!link.send(now)) return;
    sent = `[${now}]`;
    $('help').hidden = true; // It is not needed any more.
  }, 50);

  window.addEventListener('keydown', (event) => {
    if (!(event.code in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
    pressed.add(event.code);
    event.preventDefault();
  });
  window.addEventListener('keyup', ({ code }) => pressed.delete(code));
  window.addEventListener('blur', () => pressed.clear());
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointer = { x: event.offsetX, y: event.offsetY };
  });
  canvas.addEventListener('pointermove', (event) => {
    if (pointer !== null) pointer = { x: event.offsetX, y: event.offsetY };
  });
  for (const name of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(name, () => {
      pointer = null;
    });
  }

  // --- where everybody is ---

  // Between the two states that the moment is between.
  function shown() {
    const players = new Map();
    if (states.length === 0) return players;
    const moment = performance.now() - offset - BEHIND_MS;
    const next = states.findIndex(({ at }) => at > moment);
    const to = states.at(next);
    const from = states[Math.max(0, (next === -1 ? states.length : next) - 1)];
    const part = to === from ? 1 : (moment - from.at) / (to.at - from.at);
    for (const [id, [, x, y, score]] of to.players) {
      const [, fromX, fromY] = from.players.get(id) ?? [id, x, y];
      const [dx, dy] = [x - fromX, y - fromY];
      players.set(id, { x: fromX + dx * part, y: fromY + dy * part, dx, dy, score });
    }
    return players;
  }

  const hueOf = (id) => id * 137 % 360;

  // --- the picture ---

  const colors = {};
  function readColors() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ['surface', 'ground', 'line', 'warm', 'text']) {
      colors[name] = style.getPropertyValue(`--${name}`).trim();
    }
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', readColors);
  readColors();

  function circle(x, y, radius, color) {
    draw.fillStyle = color;
    draw.beginPath();
    draw.arc(x, y, radius, 0, 2 * Math.PI);
    draw.fill();
  }

  function drawPlayer(id, { x, y, dx, dy }) {
    const hue = hueOf(id);
    circle(x - 17, y - 19, 10, `hsl(${hue} 60% 38%)`);
    circle(x + 17, y - 19, 10, `hsl(${hue} 60% 38%)`);
    circle(x, y, 26, `hsl(${hue} 60% 50%)`);
    if (id === me) {
      draw.strokeStyle = colors.text;
      draw.lineWidth = 4;
      draw.stroke();
    }
    // It looks where it goes.
    const far = Math.hypot(dx, dy) || 1;
    for (const side of [-9, 9]) {
      circle(x + side, y - 3, 7, '#fff');
      circle(x + side + dx / far * 3, y - 3 + dy / far * 3, 3.5, '#111');
    }
  }

  function picture() {
    requestAnimationFrame(picture);
    const ratio = devicePixelRatio;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const dots = [width, height].map((length) => Math.round(length * ratio));
    if (`${[canvas.width, canvas.height]}` !== `${dots}`) [canvas.width, canvas.height] = dots;
    const players = shown();
    const scale = Math.min(width, height) / VIEW;
    const [wide, high] = [width / scale, height / scale];
    const own = players.get(me) ?? { x: size / 2, y: size / 2 };
    // The field stays in view, and is in the middle where it is smaller than the view.
    const edge = (at, view) => (view > size + 80
      ? (size - view) / 2 : Math.min(size + 40 - view, Math.max(-40, at - view / 2)));
    camera = { x: edge(own.x, wide), y: edge(own.y, high), scale };

    draw.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw.fillStyle = colors.ground;
    draw.fillRect(0, 0, width, height);
    draw.scale(scale, scale);
    draw.translate(-camera.x, -camera.y);
    draw.fillStyle = colors.surface;
    draw.strokeStyle = colors.line;
    draw.lineWidth = 2;
    draw.beginPath();
    draw.roundRect(-32, -32, size + 64, size + 64, 32);
    draw.fill();
    for (let at = 0; at <= size; at += 100) {
      draw.moveTo(at, -32);
      draw.lineTo(at, size + 32);
      draw.moveTo(-32, at);
      draw.lineTo(size + 32, at);
    }
    draw.stroke();
    for (const [x, y] of states.at(-1)?.crumbs ?? []) circle(x, y, 9, colors.warm);
    for (const [id, player] of players) if (id !== me) drawPlayer(id, player);
    if (players.has(me)) drawPlayer(me, own);
  }
  picture();

  // --- the scores, once a second ---

  function scores() {
    const all = Array.from(states.at(-1)?.players.values() ?? []).sort((a, b) => b[3] - a[3]);
    const first = all.slice(0, 5);
    const mine = all.find(([id]) => id === me);
    if (mine !== undefined && !first.includes(mine)) first.push(mine);
    $('scores').replaceChildren(...first.map(([id, , , score]) => {
      const row = make('li', { className: id === me ? 'me' : '' },
        id === me ? 'You' : `Player ${id}`, make('b', { textContent: score }));
      row.style.setProperty('--hue', hueOf(id));
      return row;
    }));
    $('facts').textContent = `${all.length} here, ${heard} updates a second`;
    heard = 0;
  }
  setInterval(scores, 1000);
}

export const addPage = page({
  name: 'game',
  description: 'A small game for many, with a krandog server',
  body,
  css,
  program: game,
});
