// table.js BASE "PEER ..." FOLDER: the tables of compare.sh, from its results.

import { readFileSync } from 'node:fs';

const [base, peerList, folder] = process.argv.slice(2);
const peers = peerList.split(' ');
const others = peers.filter((peer) => peer !== base);
const text = readFileSync(`${folder}/results.jsonl`, 'utf8');
const results = text.split('\n').filter(Boolean).map((line) => JSON.parse(line));

// Row, title, what is compared, and its unit. Everything compared is a cost: less is better.
const cpu = (report) => report.server_cpu_us_per_message;
const memory = (report) => report.used_bytes_per_connection / 1024;
const rows = [
  ['echo1', 'echo, 1 in flight', cpu, 'CPU µs a message'],
  ['echo16', 'echo, 16 in flight', cpu, 'CPU µs a message'],
  ['json16', 'JSON, 16 in flight', cpu, 'CPU µs a message'],
  ['deflate1k', 'JSON of 1 KiB, compressed both ways', cpu, 'CPU µs a message'],
  ['fanout100', 'fan-out to 100', cpu, 'CPU µs a delivery'],
  ['fanout1000', 'fan-out to 1 000', cpu, 'CPU µs a delivery'],
  ['large64', 'echo of 64 KiB', cpu, 'CPU µs a message'],
  ['churn', 'connect, echo, close', cpu, 'CPU µs a cycle'],
  ['http', 'HTTP hello, keep-alive', cpu, 'CPU µs a request'],
  ['idle5000', '5 000 idle connections', memory, 'KiB a connection'],
  ['idle10000', '10 000 idle connections', memory, 'KiB a connection'],
  ['idle10000', 'the same, whole process', (report) => report.used_rss_kib / 1024, 'MiB'],
  ['idle-deflate', '5 000 idle connections with compression', memory, 'KiB a connection'],
];

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const last = sorted.length - 1;
  return (sorted[Math.floor(last / 2)] + sorted[Math.ceil(last / 2)]) / 2;
}

function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '-';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}

/** A round's value of one peer, or undefined. */
function value(row, peer, round, part) {
  const found = results.find((r) => r.row === row && r.peer === peer && r.round === round);
  return found && part(found.report);
}

const roundsOf = (row) => [...new Set(results.filter((r) => r.row === row).map((r) => r.round))];

/** The median over all rounds, formatted. */
function absolute(row, peer, part) {
  const values = roundsOf(row).map((round) => value(row, peer, round, part));
  const known = values.filter((v) => v !== undefined && v !== null);
  return known.length ? number(median(known)) : '-';
}

/** The median of the rounds' ratios, with the extremes if there are several. */
function ratio(ratios) {
  const known = ratios.filter(Number.isFinite);
  if (known.length === 0) return '-';
  if (known.length === 1) return `**${known[0].toFixed(2)}**`;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return `**${median(known).toFixed(2)}** (${low.toFixed(2)}..${high.toFixed(2)})`;
}

function table(head, body) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  console.log([line(head), line(rule), ...body.map(line)].join('\n') + '\n');
}

const measured = rows.filter(([row]) => results.some((r) => r.row === row));
const timed = measured.filter(([, , part]) => part === cpu);
const startups = results.filter((r) => r.row === 'startup');

function ratioRows() {
  const body = measured.map(([row, title, part, unit]) => [
    `${title}, ${unit}`,
    ...peers.map((peer) => absolute(row, peer, part)),
    ...others.map((peer) => ratio(
      roundsOf(row).map((round) => value(row, base, round, part) / value(row, peer, round, part)),
    )),
  ]);
  if (startups.length === 0) return body;
  for (const [title, name, scale] of [
    ['hello from start to exit, ms', 'wall_ms', 1],
    ['the same, CPU ms', 'cpu_ms', 1],
    ['the same, peak memory, MiB', 'peak_kib', 1024],
  ]) {
    const of = (peer, side) => {
      const reports = startups.filter((r) => side === 'a' || r.peer === peer);
      return reports.length === 0 ? '-' : number(median(reports.map((r) => r.report[`${side}_${name}`] / scale)));
    };
    body.push([
      title,
      ...peers.map((peer) => of(peer, peer === base ? 'a' : 'b')),
      ...others.map((peer) => ratio(startups
        .filter((r) => r.peer === peer)
        .map(({ report }) => report[`a_${name}`] / report[`b_${name}`]))),
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
  const has = (row) => (peer) => results.some((r) => r.row === row && r.peer === peer);
  return timed.flatMap(([row, title]) => peers.filter(has(row)).map((peer) => [
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
