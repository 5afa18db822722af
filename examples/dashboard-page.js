// The page of dashboard.js. Its program runs in a browser, and draws with SVG.
//
// @ts-nocheck: the types of krandog are not those of a browser.

import { page } from './page.js';

const body = `<main>
  <div id="bar">
    <p id="facts"></p>
    <div id="ranges" role="group" aria-label="How far back">
      <button type="button" data-seconds="60" aria-pressed="true">1 min</button>
      <button type="button" data-seconds="300" aria-pressed="false">5 min</button>
    </div>
  </div>
  <div id="sources"></div>
</main>`;

const css = `
main { max-width: 80rem; margin: auto; padding: 0 1rem 2rem; }
#bar { display: flex; align-items: center; justify-content: space-between; gap: 1rem; }
#facts { font-size: .875rem; color: var(--soft); }
#ranges { display: flex; flex: none; }
#ranges button { padding: .3rem .8rem; font-size: .875rem; }
#ranges button:first-child { border-radius: .6rem 0 0 .6rem; }
#ranges button:last-child { border-radius: 0 .6rem .6rem 0; border-left: 0; }
#ranges [aria-pressed="true"] { background: var(--accent); color: var(--on-accent); }
h2 { margin: 1.25rem 0 .6rem; font-size: .9375rem; font-weight: 600; overflow-wrap: anywhere; }
.cards {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
  gap: .8rem;
}
.card {
  --color: oklch(var(--lightness) .13 var(--hue));
  --lightness: .55;
  padding: .8rem 1rem;
  border: 1px solid var(--line);
  border-radius: 1rem;
  background: var(--surface);
}
.card h3 { font-size: .875rem; font-weight: 400; color: var(--soft); overflow-wrap: anywhere; }
.value { font-size: 1.6rem; font-weight: 600; line-height: 1.3; }
.value, .tick { font-variant-numeric: tabular-nums; }
.value small { margin-left: .5rem; font-size: .8125rem; font-weight: 400; color: var(--soft); }
.chart { position: relative; margin-top: .4rem; touch-action: pan-y; }
.chart svg { display: block; width: 100%; height: 7rem; overflow: visible; }
.chart path { vector-effect: non-scaling-stroke; }
.grid { fill: none; stroke: var(--line); stroke-width: 1; }
.line { fill: none; stroke: var(--color); stroke-width: 2; stroke-linejoin: round; }
.area { fill: var(--color); opacity: .14; stroke: none; }
.cross { fill: none; stroke: var(--soft); stroke-width: 1; stroke-dasharray: 3 3; }
.tick {
  position: absolute;
  left: 0;
  padding-right: .3rem;
  border-radius: .2rem;
  background: color-mix(in srgb, var(--surface) 75%, transparent);
  font-size: .6875rem;
  line-height: 1;
  color: var(--soft);
  transform: translateY(-50%);
  pointer-events: none;
}
.span {
  display: flex;
  justify-content: space-between;
  margin-top: .7rem;
  font-size: .75rem;
  color: var(--soft);
}
@media (prefers-color-scheme: dark) { .card { --lightness: .78; } }
`;

function dashboard({ connect, make }) {
  const KEEP_MS = 5 * 60_000;
  const [WIDE, HIGH] = [300, 100]; // Of a chart, in its own units.
  const $ = (id) => document.getElementById(id);
  const sources = new Map(); // From name to {section, cards, series: from name to {card, samples}}.
  let span = 60_000;
  let position = null;
  let behind = 0; // How much our clock is behind that of the server.
  let count = 0;

  const link = connect('/feed', {
    open: () => link.send({ since: position }),
    message({ epoch, offset, data }) {
      if (epoch !== position?.epoch) forget(); // The server has started anew.
      position = { epoch, offset };
      add(data);
    },
  });

  function forget() {
    sources.clear();
    $('sources').replaceChildren();
    count = 0;
  }

  function add({ source, time, values }) {
    count += 1;
    behind = Math.max(time - Date.now(), count === 1 ? -Infinity : behind - 1);
    let from = sources.get(source);
    if (from === undefined) {
      const cards = make('div', { className: 'cards' });
      const section = make('section', {}, make('h2', { textContent: source }), cards);
      from = { section, cards, series: new Map() };
      sources.set(source, from);
      $('sources').append(section);
    }
    for (const [name, value] of Object.entries(values)) {
      if (!from.series.has(name)) {
        const card = newCard(name, from.series.size);
        from.series.set(name, { card, samples: [] });
        from.cards.append(card.element);
      }
      from.series.get(name).samples.push({ time, value });
    }
  }

  // --- a chart ---

  function svg(name, className) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    element.setAttribute('class', className);
    return element;
  }

  function newCard(name, number) {
    const card = {
      title: make('h3', { textContent: name }),
      value: make('p', { className: 'value' }),
      picture: svg('svg', ''),
      chart: make('div', { className: 'chart' }),
      from: make('span'),
      till: make('span'),
      hover: null, // Where the pointer is, as a part of the width.
    };
    for (const layer of ['grid', 'area', 'line', 'cross']) {
      card[layer] = svg('path', layer);
      card.picture.append(card[layer]);
    }
    card.picture.setAttribute('viewBox', `0 0 ${WIDE} ${HIGH}`);
    card.picture.setAttribute('preserveAspectRatio', 'none');
    card.picture.setAttribute('role', 'img');
    card.ticks = Array.from({ length: 5 }, () => make('span', { className: 'tick' }));
    card.chart.append(card.picture, ...card.ticks);
    card.element = make('article', { className: 'card' }, card.title, card.value, card.chart,
      make('p', { className: 'span' }, card.from, card.till));
    card.element.style.setProperty('--hue', 180 + number * 67);
    card.chart.addEventListener('pointermove', (event) => {
      const { left, width } = card.chart.getBoundingClientRect();
      card.hover = (event.clientX - left) / width;
      wake();
    });
    card.chart.addEventListener('pointerleave', () => {
      card.hover = null;
      wake();
    });
    return card;
  }

  // Round numbers around what is shown: from, to, and how far apart its lines are.
  function scaleOf(values) {
    let [low, high] = [Math.min(...values), Math.max(...values)];
    if (low > 0 && low < high / 2) low = 0;
    const around = low === 0 ? 1 : Math.abs(low) / 10;
    if (low === high) [low, high] = [low - around, high + around];
    const rough = (high - low) / 3;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].find((digit) => digit * power >= rough) * power;
    return { low: Math.floor(low / step) * step, high: Math.ceil(high / step) * step, step };
  }

  function shown(value) {
    return Math.abs(value) >= 1e6
      ? value.toExponential(2) : value.toLocaleString('en', { maximumSignificantDigits: 4 });
  }

  function draw({ card, samples }, now) {
    // One more, to the left of the chart, so that the line begins at its edge.
    const first = Math.max(0, samples.findIndex(({ time }) => time > now - span) - 1);
    const seen = samples.at(-1).time > now - span ? samples.slice(first) : samples.slice(-1);
    const { low, high, step } = scaleOf(seen.map(({ value }) => value));
    const x = (time) => Math.max(0, WIDE * (1 - (now - time) / span)).toFixed(1);
    const y = (value) => (HIGH * (1 - (value - low) / (high - low))).toFixed(1);
    const path = `M${seen.map(({ time, value }) => `${x(time)} ${y(value)}`).join('L')}`;
    card.line.setAttribute('d', path);
    card.area.setAttribute('d', `${path}V${HIGH}H${x(seen[0].time)}Z`);

    const steps = Math.round((high - low) / step);
    const lines = Array.from({ length: steps + 1 }, (_, at) => low + at * step);
    card.grid.setAttribute('d', lines.map((value) => `M0 ${y(value)}H${WIDE}`).join(''));
    card.ticks.forEach((tick, at) => {
      tick.textContent = at < lines.length ? shown(lines[at]) : '';
      tick.style.top = at < lines.length ? `${y(lines[at]) * 100 / HIGH}%` : '0';
    });

    const last = samples.at(-1);
    let [at, words] = [last, ''];
    if (card.hover !== null) {
      const wanted = now - span * (1 - card.hover);
      at = seen.reduce((a, b) => (Math.abs(b.time - wanted) < Math.abs(a.time - wanted) ? b : a));
      words = new Date(at.time).toLocaleTimeString();
    } else if (now - last.time > 10_000) words = `${Math.round((now - last.time) / 1000)} s ago`;
    card.cross.setAttribute('d', card.hover === null ? '' : `M${x(at.time)} 0V${HIGH}`);
    card.value.replaceChildren(shown(at.value), make('small', { textContent: words }));
    const values = seen.map(({ value }) => value);
    card.from.textContent = span === 60_000 ? '1 min ago' : `${span / 60_000} min ago`;
    card.till.textContent = `${shown(Math.min(...values))} to ${shown(Math.max(...values))}`;
    card.picture.setAttribute('aria-label', `${card.title.textContent}: ${shown(last.value)}`);
  }

  // --- all of them ---

  let awake = false;
  function wake() {
    if (awake) return;
    awake = true;
    requestAnimationFrame(() => {
      awake = false;
      const now = Date.now() + behind;
      let charts = 0;
      for (const [name, { section, series }] of sources) {
        for (const [key, { card, samples }] of series) {
          const old = samples.findIndex(({ time }) => time > now - KEEP_MS);
          samples.splice(0, old === -1 ? samples.length : old);
          if (samples.length > 0) continue;
          card.element.remove();
          series.delete(key);
        }
        if (series.size === 0) {
          section.remove();
          sources.delete(name);
        }
        for (const each of series.values()) draw(each, now);
        charts += series.size;
      }
      $('facts').textContent = `${charts} charts, ${count} measurements`;
    });
  }
  setInterval(wake, 250);

  $('ranges').addEventListener('click', ({ target }) => {
    if (target.dataset.seconds === undefined) return;
    span = target.dataset.seconds * 1000;
    for (const button of $('ranges').children) {
      button.setAttribute('aria-pressed', button === target);
    }
    wake();
  });
}

export const addPage = page({
  name: 'dashboard',
  description: 'Measurements as they come, served by krandog',
  body,
  css,
  program: dashboard,
});
