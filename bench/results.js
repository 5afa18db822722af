// What compare.sh has measured: for table.js and picture.js.

import { readFileSync } from 'node:fs';

// Row, title, what is compared, and its unit. Everything compared is a cost: less is better.
export const cpu = (report) => report.server_cpu_us_per_message;
const memory = (report) => report.used_bytes_per_connection / 1024;
export const rows = [
  ['echo1', 'echo, 1 in flight', cpu, 'CPU µs a message'],
  ['echo16', 'echo, 16 in flight', cpu, 'CPU µs a message'],
  ['json16', 'JSON, 16 in flight', cpu, 'CPU µs a message'],
  ['deflate1k', 'JSON of 1 KiB, compressed both ways', cpu, 'CPU µs a message'],
  ['takeover1k', 'the same, contexts kept', cpu, 'CPU µs a message'],
  ['fanout100', 'fan-out to 100', cpu, 'CPU µs a delivery'],
  ['fanout1000', 'fan-out to 1 000', cpu, 'CPU µs a delivery'],
  ['large64', 'echo of 64 KiB', cpu, 'CPU µs a message'],
  ['churn', 'connect, echo, close', cpu, 'CPU µs a cycle'],
  ['http', 'HTTP hello, keep-alive', cpu, 'CPU µs a request'],
  ['idle5000', '5 000 idle connections', memory, 'KiB a connection'],
  ['idle10000', '10 000 idle connections', memory, 'KiB a connection'],
  ['idle10000', 'the same, whole process', (report) => report.used_rss_kib / 1024, 'MiB'],
  ['idle-deflate', '5 000 idle compressed connections', memory, 'KiB a connection'],
  ['tls-echo1', 'TLS echo, 1 in flight', cpu, 'CPU µs a message'],
  ['tls-echo16', 'TLS echo, 16 in flight', cpu, 'CPU µs a message'],
  ['tls-churn', 'TLS connect, echo, close', cpu, 'CPU µs a cycle'],
  ['tls-resume', 'the same with resumed sessions', cpu, 'CPU µs a cycle'],
  ['tls-idle', '5 000 idle TLS connections', memory, 'KiB a connection'],
  ['publish100', 'publish to 100', cpu, 'CPU µs a delivery'],
  ['publish1000', 'publish to 1 000', cpu, 'CPU µs a delivery'],
  ['publish10000', 'publish to 10 000', cpu, 'CPU µs a delivery'],
  ['publish-deflate', 'publish of 1 KiB to 1 000, compressed', cpu, 'CPU µs a delivery'],
  ['relay16', 'relay, 16 in flight', cpu, 'CPU µs a message'],
  ['rooms10000', '10 000 idle connections in 3 rooms each', memory, 'KiB a connection'],
];

// Of commands run alternately: row, title, unit, which figure, and what it is divided by to be shown.
export const pairRows = [
  ['startup', 'hello from start to exit', 'ms', 'wall_ms', 1],
  ['startup', 'the same, CPU', 'ms', 'cpu_ms', 1],
  ['startup', 'the same, peak memory', 'MiB', 'peak_kib', 1024],
  ['listen', 'server from start to its first connection', 'ms', 'wall_ms', 1],
  ['listen', 'the same, to its first reply', 'ms', 'reply_ms', 1],
  ['listen', 'the same, CPU', 'ms', 'cpu_ms', 1],
];

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const last = sorted.length - 1;
  return (sorted[Math.floor(last / 2)] + sorted[Math.ceil(last / 2)]) / 2;
}

/** The reports of a folder, to be asked for. */
export class Results {
  constructor(folder) {
    const text = readFileSync(`${folder}/results.jsonl`, 'utf8');
    this.all = text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  of(row) {
    return this.all.filter((r) => r.row === row);
  }

  has(row, peer) {
    return this.of(row).some((r) => r.peer === peer);
  }

  /** A round's value of one peer, or undefined. */
  value(row, peer, round, part) {
    const found = this.of(row).find((r) => r.peer === peer && r.round === round);
    return found && part(found.report);
  }

  /** A peer's values, of all rounds that have one. */
  values(row, peer, part) {
    const values = this.rounds(row).map((round) => this.value(row, peer, round, part));
    return values.filter((value) => value !== undefined && value !== null);
  }

  /** Each round's value of one peer divided by another's. */
  ratios(row, part, base, peer) {
    const ratio = (round) => this.value(row, base, round, part) / this.value(row, peer, round, part);
    return this.rounds(row).map(ratio).filter(Number.isFinite);
  }

  /** The same of the runs of commands, where the base is always the first. */
  pairRatios(row, name, peer) {
    const reports = this.of(row).filter((r) => r.peer === peer).map((r) => r.report);
    return reports.map((report) => report[`a_${name}`] / report[`b_${name}`]);
  }

  rounds(row) {
    return [...new Set(this.of(row).map((r) => r.round))];
  }
}
