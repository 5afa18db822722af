// Named channels for whoever watches a program.
//
// Spec: https://nodejs.org/api/diagnostics_channel.html. Left out: the stores of AsyncLocalStorage.

import { checkFunction, wrongType } from 'internal:errors';

const channels = new Map();

export class Channel {
  #subscribers = [];

  constructor(name) {
    this.name = name;
  }

  get hasSubscribers() {
    return this.#subscribers.length > 0;
  }

  subscribe(subscription) {
    checkFunction(subscription, 'subscription');
    this.#subscribers = [...this.#subscribers, subscription];
  }

  unsubscribe(subscription) {
    const at = this.#subscribers.indexOf(subscription);
    if (at === -1) return false;
    this.#subscribers = this.#subscribers.toSpliced(at, 1);
    return true;
  }

  publish(data) {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber(data, this.name);
      } catch (error) {
        // Whoever publishes is not to suffer from whoever watches.
        process.nextTick(() => { throw error; });
      }
    }
  }
}

export function channel(name) {
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw wrongType('channel', 'one of type string or symbol', name);
  }
  let known = channels.get(name);
  if (known === undefined) {
    known = new Channel(name);
    channels.set(name, known);
  }
  return known;
}

export function hasSubscribers(name) {
  return channels.get(name)?.hasSubscribers ?? false;
}

export function subscribe(name, subscription) {
  channel(name).subscribe(subscription);
}

export function unsubscribe(name, subscription) {
  return channel(name).unsubscribe(subscription);
}

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

/** The five channels of something that begins and ends. */
export class TracingChannel {
  constructor(nameOrChannels) {
    for (const event of EVENTS) {
      this[event] = typeof nameOrChannels === 'string'
        ? channel(`tracing:${nameOrChannels}:${event}`)
        : nameOrChannels[event];
    }
  }

  get hasSubscribers() {
    return EVENTS.some((event) => this[event].hasSubscribers);
  }

  subscribe(handlers) {
    for (const event of EVENTS) if (handlers[event]) this[event].subscribe(handlers[event]);
  }

  unsubscribe(handlers) {
    let all = true;
    for (const event of EVENTS) {
      if (handlers[event] && !this[event].unsubscribe(handlers[event])) all = false;
    }
    return all;
  }

  #run(work, context, after) {
    this.start.publish(context);
    try {
      return after(work());
    } catch (error) {
      context.error = error;
      this.error.publish(context);
      throw error;
    } finally {
      this.end.publish(context);
    }
  }

  traceSync(work, context = {}, self = undefined, ...given) {
    if (!this.hasSubscribers) return Reflect.apply(work, self, given);
    return this.#run(() => Reflect.apply(work, self, given), context, (result) => {
      context.result = result;
      return result;
    });
  }

  tracePromise(work, context = {}, self = undefined, ...given) {
    if (!this.hasSubscribers) return Reflect.apply(work, self, given);
    const settled = (name, value) => {
      context[name] = value;
      if (name === 'error') this.error.publish(context);
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    };
    return this.#run(() => Promise.resolve(Reflect.apply(work, self, given)), context, (promise) =>
      promise.then(
        (result) => {
          settled('result', result);
          return result;
        },
        (error) => {
          settled('error', error);
          throw error;
        },
      ));
  }

  traceCallback(work, position = -1, context = {}, self = undefined, ...given) {
    if (!this.hasSubscribers) return Reflect.apply(work, self, given);
    const callback = given.at(position);
    checkFunction(callback, 'callback');
    const traced = (error, result, ...more) => {
      if (error) {
        context.error = error;
        this.error.publish(context);
      } else {
        context.result = result;
      }
      this.asyncStart.publish(context);
      try {
        return Reflect.apply(callback, self, [error, result, ...more]);
      } finally {
        this.asyncEnd.publish(context);
      }
    };
    given.splice(position, 1, traced);
    return this.#run(() => Reflect.apply(work, self, given), context, (result) => result);
  }
}

export function tracingChannel(nameOrChannels) {
  return new TracingChannel(nameOrChannels);
}

export default { Channel, channel, hasSubscribers, subscribe, tracingChannel, unsubscribe };
