// The page of ticker.js. Its program runs in a browser.
//
// @ts-nocheck: the types of krandog are not those of a browser.

import { page } from './page.js';

const body = `<main>
  <ul id="prices" aria-label="Prices"></ul>
  <p id="facts"></p>
</main>`;

const css = `
main { max-width: 72rem; margin: auto; padding: 0 1rem 2rem; }
#prices {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr));
  gap: .6rem;
  padding: 0;
  list-style: none;
}
#prices li {
  display: grid;
  grid-template: "symbol line price" auto "change line price" auto / 5.5rem 1fr auto;
  align-items: center;
  column-gap: .8rem;
  padding: .6rem 1rem;
  border: 1px solid var(--line);
  border-radius: 1rem;
  background: var(--surface);
}
#prices strong { grid-area: symbol; font-size: .9375rem; letter-spacing: .02em; }
#prices .change { grid-area: change; font-size: .8125rem; color: var(--soft); }
#prices canvas { grid-area: line; width: 100%; height: 2.6rem; }
#prices .price {
  grid-area: price;
  min-width: 5.2rem;
  padding: .15rem .5rem;
  border-radius: .5rem;
  font-size: 1.25rem;
  font-weight: 600;
  text-align: right;
}
#prices span { font-variant-numeric: tabular-nums; }
#prices .up .change { color: var(--good); }
#prices .down .change { color: var(--bad); }
#prices .price.rose { animation: rose 1s ease-out; }
#prices .price.fell { animation: fell 1s ease-out; }
@keyframes rose { from { background: color-mix(in srgb, var(--good) 35%, transparent); } }
@keyframes fell { from { background: color-mix(in srgb, var(--bad) 35%, transparent); } }
#facts { margin-top: 1rem; font-size: .875rem; color: var(--soft); text-align: center; }
`;

function ticker({ connect, make }) {
  const KEEP = 60; // Prices of a symbol, for its line.
  const rows = new Map(); // From symbol to its row.
  const changed = new Set();
  let heard = 0;
  let missed = 0;

  connect('/prices', {
    message(message) {
      if (message.type === 'all') {
        // The numbers begin anew when the server does.
        for (const price of message.prices) {
          const row = rows.get(price.symbol) ?? newRow(price.symbol);
          if (price.number < row.last.number) row.prices = [];
          show(row, price);
        }
        return;
      }
      const row = rows.get(message.symbol);
      heard += 1;
      missed += message.number - row.last.number - 1;
      show(row, message);
    },
  });

  function newRow(symbol) {
    const row = {
      price: make('span', { className: 'price' }),
      change: make('span', { className: 'change' }),
      canvas: make('canvas', {}),
      prices: [],
      last: { number: 0, price: 0 },
    };
    row.canvas.setAttribute('aria-hidden', 'true');
    const name = make('strong', { textContent: symbol });
    row.element = make('li', {}, name, row.change, row.canvas, row.price);
    rows.set(symbol, row);
    document.getElementById('prices').append(row.element);
    return row;
  }

  function show(row, { price, change, number }) {
    row.rose = price >= row.last.price;
    row.last = { price, change, number };
    row.prices.push(price);
    if (row.prices.length > KEEP) row.prices.shift();
    if (changed.size === 0) requestAnimationFrame(draw);
    changed.add(row);
  }

  // However many prices have come, a row is drawn once for each picture of the screen.
  function draw() {
    for (const row of changed) {
      const { price, change } = row.last;
      row.price.textContent = price.toFixed(2);
      row.change.textContent = `${change < 0 ? '' : '+'}${change.toFixed(2)} %`;
      row.element.className = change < 0 ? 'down' : 'up';
      row.price.className = 'price';
      void row.price.offsetWidth; // So that the animation begins again.
      row.price.classList.add(row.rose ? 'rose' : 'fell');
      drawLine(row);
    }
    changed.clear();
  }

  function drawLine({ canvas, prices, element }) {
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    canvas.width = width * devicePixelRatio;
    canvas.height = height * devicePixelRatio;
    const pen = canvas.getContext('2d');
    pen.scale(devicePixelRatio, devicePixelRatio);
    const [low, high] = [Math.min(...prices), Math.max(...prices)];
    const x = (at) => width - 2 - (prices.length - 1 - at) * (width - 4) / (KEEP - 1);
    const y = (price) => 3 + (height - 6) * (high === low ? .5 : (high - price) / (high - low));
    pen.strokeStyle = getComputedStyle(element.querySelector('.change')).color;
    pen.lineWidth = 1.75;
    pen.lineJoin = 'round';
    pen.beginPath();
    prices.forEach((price, at) => pen.lineTo(x(at), y(price)));
    pen.stroke();
  }

  const redraw = () => rows.forEach(drawLine);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  window.addEventListener('resize', redraw);
  setInterval(() => {
    const left = missed === 0 ? 'none left out' : `${missed} left out, as this page reads slowly`;
    document.getElementById('facts').textContent = `${heard} prices a second, ${left}`;
    heard = 0;
  }, 1000);
}

export const addPage = page({
  name: 'ticker',
  description: 'Prices as they change, served by krandog',
  body,
  css,
  program: ticker,
});
