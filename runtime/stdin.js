// process.stdin: https://nodejs.org/api/process.html#processstdin
// It starts to read when somebody listens for data, and keeps the process alive while it does.

import { EventEmitter } from 'events';
import { start, stop, isTerminal } from 'ops:internal:stdin';

class Stdin extends EventEmitter {
  fd = 0;
  isTTY = isTerminal() || undefined;
  #decoder = null;
  #ended = false;
  #flowing = false;

  constructor() {
    super();
    this.on('newListener', (name) => {
      if (name === 'data') this.resume();
    });
  }

  setEncoding(encoding = 'utf8') {
    this.#decoder = new TextDecoder(encoding);
    return this;
  }

  resume() {
    if (!this.#ended && !this.#flowing) {
      this.#flowing = true;
      start((chunk) => this.#receive(chunk));
    }
    return this;
  }

  pause() {
    this.#flowing = false;
    stop();
    return this;
  }

  isPaused() {
    return !this.#flowing;
  }

  #receive(chunk) {
    if (chunk === null) {
      this.#ended = true;
      const rest = this.#decoder?.decode();
      if (rest) this.emit('data', rest);
      this.emit('end');
      this.emit('close');
    } else {
      const data = this.#decoder ? this.#decoder.decode(chunk, { stream: true }) : chunk;
      if (data.length > 0) this.emit('data', data);
    }
  }

  // Chunks as they come; nothing is read ahead of the loop that takes them.
  async *[Symbol.asyncIterator]() {
    const chunks = [];
    let wake = null;
    const take = (chunk) => {
      chunks.push(chunk);
      this.pause();
      wake?.();
    };
    const end = () => wake?.();
    this.on('data', take);
    this.on('end', end);
    try {
      for (;;) {
        if (chunks.length > 0) {
          yield chunks.shift();
          continue;
        }
        if (this.#ended) return;
        this.resume();
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      this.off('data', take);
      this.off('end', end);
      this.pause();
    }
  }

  // Lines without their line feeds; the last one need not have one.
  async *lines() {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of this) {
      rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop();
      for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
    }
    if (rest !== '') yield rest;
  }
}

export default new Stdin();
