// for await (const data of ws): messages as they come, beginning with those that nobody has taken.
// What the loop, or whoever asks for one message after the other, has not taken yet is bounded: the socket is paused meanwhile, and its peer feels it.

import { takeHeld, giveBack } from 'ops:internal:websocket_iterator';

const AHEAD_MAX = 16;
const CLOSED = 3;

const AsyncIterator = Object.getPrototypeOf(
  Object.getPrototypeOf(async function* () {}.prototype),
);

export class Messages {
  #ws;
  // What has come, from the index `#at` on.
  #waiting;
  #at = 0;
  // Steps that wait for a message.
  #steps = [];
  #paused = false;
  #ended = false;

  constructor(ws) {
    this.#ws = ws;
    this.#waiting = takeHeld(ws);
    if (ws.readyState === CLOSED) {
      this.#ended = true;
      return;
    }
    ws.addEventListener('message', this.#take);
    ws.addEventListener('close', this.#end);
    this.#pace();
  }

  #take = ({ data }) => {
    const step = this.#steps.shift();
    if (step !== undefined) {
      step({ value: data, done: false });
      return;
    }
    this.#waiting.push(data);
    this.#pace();
  };

  #end = () => {
    this.#ended = true;
    this.#ws.removeEventListener('message', this.#take);
    this.#ws.removeEventListener('close', this.#end);
    for (const step of this.#steps.splice(0)) step({ value: undefined, done: true });
  };

  #pace() {
    const count = this.#waiting.length - this.#at;
    if (!this.#paused && count >= AHEAD_MAX) {
      this.#paused = true;
      this.#ws.pause();
    } else if (this.#paused && count === 0) {
      this.#paused = false;
      this.#ws.resume();
    }
  }

  #stop() {
    if (!this.#ended) this.#end();
    if (this.#paused) this.#ws.resume();
    this.#paused = false;
    if (this.#at < this.#waiting.length) giveBack(this.#ws, this.#waiting.slice(this.#at));
    this.#waiting = [];
    this.#at = 0;
  }

  next() {
    const ready = this.takeOne();
    return ready ? Promise.resolve(ready) : new Promise((resolve) => this.#steps.push(resolve));
  }

  // The next step, if nobody has to wait for it.
  takeOne() {
    if (this.#at < this.#waiting.length) {
      const value = this.#waiting[this.#at];
      this.#waiting[this.#at] = undefined;
      this.#at += 1;
      if (this.#at === this.#waiting.length) {
        this.#waiting = [];
        this.#at = 0;
      }
      this.#pace();
      return { value, done: false };
    }
    return this.#ended ? { value: undefined, done: true } : null;
  }

  // All that has come.
  takeAll() {
    const all = this.#waiting.slice(this.#at);
    this.#waiting = [];
    this.#at = 0;
    this.#pace();
    return all;
  }

  // Has `step` called with the next one, once it comes. Returns how to call that off.
  wait(step) {
    this.#steps.push(step);
    return () => {
      const at = this.#steps.indexOf(step);
      if (at >= 0) this.#steps.splice(at, 1);
    };
  }

  return(value) {
    this.#stop();
    return Promise.resolve({ value, done: true });
  }

  throw(error) {
    this.#stop();
    return Promise.reject(error);
  }
}

Object.setPrototypeOf(Messages.prototype, AsyncIterator);

export function iterate(ws) {
  return new Messages(ws);
}
