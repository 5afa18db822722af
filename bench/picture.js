// picture.js [FOLDER]: bars of krandog's costs beside those of the peers, from the results of
// compare.sh, as an SVG on stdout.
//
//   node bench/picture.js bench/results >bench/figures.svg

import { Results, median, pairRows, rows } from './results.js';

const results = new Results(process.argv[2] ?? new URL('results', import.meta.url).pathname);
const base = 'krandog';
const peers = [['node-ws', 'Node.js + ws'], ['bun', 'Bun'], ['deno', 'Deno']];

// Where things are, in pixels.
const width = 860;
const bars = { left: 290, right: 640, top: 92, height: 11, step: 14, gap: 14 };
const texts = bars.right + 16;
// The scale is logarithmic, so that half as much and twice as much are equally long.
const scale = { low: 1 / 64, high: 4 };

const groups = [
  ...rows.filter(([, title]) => !/whole process|^5 000 idle connections$/.test(title))
    .map(([row, title, part, unit]) => ({
      title, unit, ratios: (peer) => results.ratios(row, part, base, peer),
    })),
  ...pairRows.filter(([, title]) => !/CPU/.test(title)).map(([row, title, , name]) => ({
    title: { peak_kib: 'hello', reply_ms: 'server from start to its first reply' }[name] ?? title,
    unit: name === 'peak_kib' ? 'peak memory' : 'time',
    ratios: (peer) => results.pairRatios(row, name, peer),
  })),
].map((group) => ({
  ...group,
  bars: peers.map(([peer, name]) => ({ peer, name, ratios: group.ratios(peer) }))
    .filter(({ ratios }) => ratios.length > 0),
})).filter((group) => group.bars.length > 0);

/** The place of a ratio, within the picture. */
function x(ratio) {
  const { low, high } = scale;
  const share = Math.log(Math.min(Math.max(ratio, low), high) / low) / Math.log(high / low);
  return bars.left + share * (bars.right - bars.left);
}

const fixed = (number) => number.toFixed(1);
const text = (cls, at, y, content, more = '') => (
  `<text class="${cls}" x="${fixed(at)}" y="${fixed(y)}"${more}>${content}</text>`);

function draw() {
  const out = [];
  let y = bars.top;
  for (const group of groups) {
    const height = group.bars.length * bars.step;
    const middle = y + height / 2;
    out.push(text('title', bars.left - 14, middle - 2, group.title, ' text-anchor="end"'));
    out.push(text('unit', bars.left - 14, middle + 12, group.unit, ' text-anchor="end"'));
    for (const { peer, name, ratios } of group.bars) {
      const ratio = median(ratios);
      const [from, to] = [x(Math.min(ratio, 1)), x(Math.max(ratio, 1))];
      out.push(`<rect class="${peer}" x="${fixed(from)}" y="${y}" `
        + `width="${fixed(Math.max(to - from, 1))}" height="${bars.height}" rx="2"/>`);
      // From the lowest round to the highest.
      const [low, high] = [Math.min(...ratios), Math.max(...ratios)].map(x);
      out.push(`<path class="spread" d="M${fixed(low)} ${y + bars.height / 2}H${fixed(high)}"/>`);
      out.push(text('value', texts, y + 10, `<tspan class="number">${ratio.toFixed(2)}</tspan> ${name}`));
      y += bars.step;
    }
    y += bars.gap;
  }
  return { bottom: y, body: out.join('\n') };
}

function axis(bottom) {
  return [1 / 64, 1 / 16, 1 / 4, 1, 4].map((ratio) => {
    const label = ratio < 1 ? `1/${1 / ratio}` : ratio === 1 ? 'equal' : `${ratio} times`;
    return `<path class="${ratio === 1 ? 'one' : 'grid'}" d="M${fixed(x(ratio))} ${bars.top - 8}V${bottom}"/>`
      + text('unit', x(ratio), bars.top - 14, label, ' text-anchor="middle"');
  }).join('\n');
}

const spoken = groups.map(({ title, unit, bars: beside }) => `${title}, ${unit}: `
  + beside.map(({ name, ratios }) => `${median(ratios).toFixed(2)} of ${name}`).join(', ')).join('. ');
const { bottom, body } = draw();
const height = bottom + 30;

console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">What krandog costs, divided by what Node.js with ws, Bun and Deno cost</title>
<desc id="desc">${spoken}.</desc>
<style>
svg { font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; --ink: #1f2328; --dim: #59636e; --line: #d1d9e0; --paper: #ffffff; --node: #2c7a39; --bun: #b35900; --deno: #2563c9; }
@media (prefers-color-scheme: dark) { svg { --ink: #f0f6fc; --dim: #9198a1; --line: #3d444d; --paper: #0d1117; --node: #57ab5a; --bun: #e09b4a; --deno: #6cb0ff; } }
.paper { fill: var(--paper); }
text { fill: var(--ink); }
.head { font-size: 16px; font-weight: 600; }
.title { font-weight: 600; }
.unit { fill: var(--dim); font-size: 11px; }
.number { font-weight: 600; font-variant-numeric: tabular-nums; }
.node-ws { fill: var(--node); }
.bun { fill: var(--bun); }
.deno { fill: var(--deno); }
.grid { stroke: var(--line); }
.one { stroke: var(--ink); stroke-width: 1.5; }
.spread { stroke: var(--ink); stroke-width: 1.5; opacity: 0.7; }
</style>
<rect class="paper" width="${width}" height="${height}" rx="6"/>
${text('head', 24, 32, 'krandog’s cost, divided by a peer’s')}
${text('unit', 24, 52, 'Left of the line krandog costs less. Logarithmic; the thin line is the spread of the rounds.')}
${axis(bottom - bars.gap + 6)}
${body}
${text('unit', 24, height - 12, 'Same scripts, same load, in turn on one machine: bench/README.md')}
</svg>`);
