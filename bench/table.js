// table.js BASE "PEER ..." FOLDER: the tables of compare.sh, from its results.

import { readFileSync } from 'node:fs';
import { Results, cpu, median, pairRows, rows } from './results.js';

const [base, peerList, folder] = process.argv.slice(2);
const peers = peerList.split(' ');
const others = peers.filter((peer) => peer !== base);
const results = new Results(folder);

function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '-';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}

/** The median over all rounds, formatted. */
function absolute(row, peer, part) {
  const values = results.values(row, peer, part);
  return values.length ? number(median(values)) : '-';
}

/** The median of the rounds' ratios, with the extremes if there are several. */
function ratio(ratios) {
  if (ratios.length === 0) return '-';
  if (ratios.length === 1) return `**${ratios[0].toFixed(2)}**`;
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  return `**${median(ratios).toFixed(2)}** (${low.toFixed(2)}..${high.toFixed(2)})`;
}

function table(head, body) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  console.log([line(head), line(rule), ...body.map(line)].join('\n') + '\n');
}

const measured = rows.filter(([row]) => results.of(row).length > 0);
const timed = measured.filter(([, , part]) => part === cpu);

function ratioRows() {
  const body = measured.map(([row, title, part, unit]) => [
    `${title}, ${unit}`,
    ...peers.map((peer) => absolute(row, peer, part)),
    ...others.map((peer) => ratio(results.ratios(row, part, base, peer))),
  ]);
  for (const [row, title, unit, name, scale] of pairRows) {
    const all = results.of(row);
    if (all.length === 0) continue;
    const of = (peer, side) => {
      const reports = all.filter((r) => side === 'a' || r.peer === peer);
      const values = reports.map((r) => r.report[`${side}_${name}`] / scale);
      return values.length ? number(median(values)) : '-';
    };
    body.push([
      `${title}, ${unit}`,
      ...peers.map((peer) => of(peer, peer === base ? 'a' : 'b')),
      ...others.map((peer) => ratio(results.pairRatios(row, name, peer))),
    ]);
  }
  return body;
}

function detailRows() {
  const parts = [
    (r) => r.messages_per_second,
    (r) => r.latency_p50_us,
    (r) => r.latency_p99_us,
    (r) => r.latency_p999_us,
    (r) => r.server_cpu_percent,
    (r) => r.client_cpu_percent,
    (r) => r.server_peak_rss_kib / 1024,
  ];
  return timed.flatMap(([row, title]) => peers.filter((peer) => results.has(row, peer)).map((peer) => [
    title, peer, ...parts.map((part) => absolute(row, peer, part)),
  ]));
}

console.log(readFileSync(`${folder}/about.txt`, 'utf8').replaceAll(/^/gm, '    ').trimEnd() + '\n');
console.log(`Costs, and ${base}'s divided by the others': the median of the rounds' ratios `
  + '(lowest..highest). Below 1, it costs less.\n');
table(['', ...peers, ...others.map((peer) => `${base} / ${peer}`)], ratioRows());
if (timed.length > 0) {
  console.log('The same runs, medians. A server CPU well below 100% was not kept busy by the client.\n');
  table(
    ['', 'peer', 'a second', 'p50 µs', 'p99 µs', 'p99.9 µs', 'server CPU %', 'client CPU %', 'peak MiB'],
    detailRows(),
  );
}
