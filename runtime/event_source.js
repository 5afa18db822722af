// EventSource: Server-Sent Events, over fetch.
// https://html.spec.whatwg.org/#server-sent-events
//
// Beside the standard's option, `headers` are sent along, `fetch` makes the requests in place of
// ours, and all others are for fetch: `tls`, `proxy`, `unix`, `timeouts`.

import { wrongType } from 'internal:errors';
import { fetch as ownFetch } from 'internal:fetch';
import { newParser, parse, restart } from 'ops:internal:event_source';

const [CONNECTING, OPEN, CLOSED] = [0, 1, 2];
const RETRY_MS = 3000;
// Waits double with each attempt that fails, up to this, or to what the server asks for.
const RETRY_MS_MAX = 30_000;

export class EventSource extends EventTarget {
  #url;
  #withCredentials;
  #fetch;
  #headers;
  #options;
  #readyState = CONNECTING;
  #parser = newParser();
  #origin = '';
  #retryMs = RETRY_MS;
  #failures = 0;
  #timer;
  #abort;
  #handlers = {};

  constructor(url, options = undefined) {
    super();
    if (arguments.length === 0) throw new TypeError('new EventSource(url) needs a URL');
    this.#url = checkedUrl(`${url}`);
    if (options !== undefined && options !== null && typeof options !== 'object') {
      throw wrongType('options', 'of type object', options);
    }
    const { withCredentials = false, fetch, headers, ...others } = options ?? {};
    if (fetch !== undefined && typeof fetch !== 'function') {
      throw wrongType('options.fetch', 'of type function', fetch);
    }
    this.#withCredentials = Boolean(withCredentials);
    this.#fetch = fetch;
    this.#headers = new Headers(headers);
    // A stream may be silent for as long as it likes.
    this.#options = { timeouts: { body: 0 }, ...others };
    this.#connect();
  }

  get url() {
    return this.#url;
  }

  get withCredentials() {
    return this.#withCredentials;
  }

  get readyState() {
    return this.#readyState;
  }

  close() {
    this.#readyState = CLOSED;
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  async #connect() {
    const headers = new Headers(this.#headers);
    headers.set('accept', 'text/event-stream');
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-cache');
    const id = restart(this.#parser);
    if (id !== '') headers.set('last-event-id', id);
    this.#abort = new AbortController();
    try {
      const response = await (this.#fetch ?? ownFetch)(this.#url, {
        ...this.#options,
        headers,
        cache: 'no-store',
        credentials: this.#withCredentials ? 'include' : 'same-origin',
        signal: this.#abort.signal,
      });
      if (this.#readyState === CLOSED) return;
      const fault = faultOf(response);
      if (fault !== undefined) {
        this.#fail(new Error(fault));
        return;
      }
      this.#failures = 0;
      this.#origin = new URL(response.url || this.#url).origin;
      this.#readyState = OPEN;
      this.dispatchEvent(new Event('open'));
      await this.#read(response.body);
      this.#lost(new Error('the server has ended the stream'));
    } catch (error) {
      // What is wrong with the options will be so next time.
      const isHopeless = this.#fetch === undefined && error instanceof TypeError
        && error.message !== 'fetch failed' && this.#readyState === CONNECTING;
      if (isHopeless) this.#fail(error);
      else this.#lost(error);
    }
  }

  async #read(body) {
    if (body === null) return;
    for await (const chunk of body) {
      const said = parse(this.#parser, chunk);
      for (let at = 0; at < said.length; at += 3) {
        // A listener may have closed it.
        if (this.#readyState !== OPEN) return;
        const [type, data] = [said[at], said[at + 1]];
        if (type === null) {
          this.#retryMs = data;
        } else if (type === undefined) {
          this.#fail(data);
          return;
        } else {
          const lastEventId = said[at + 2];
          this.dispatchEvent(new MessageEvent(type, { data, origin: this.#origin, lastEventId }));
        }
      }
    }
  }

  // "Reestablish the connection".
  #lost(error) {
    if (this.#readyState === CLOSED) return;
    this.#readyState = CONNECTING;
    const waitMs = Math.max(
      this.#retryMs, Math.min(this.#retryMs * 2 ** this.#failures, RETRY_MS_MAX),
    );
    this.#failures += 1;
    this.#dispatchError(error);
    if (this.#readyState === CLOSED) return;
    this.#timer = setTimeout(() => this.#connect(), waitMs);
  }

  // "Fail the connection".
  #fail(error) {
    this.#readyState = CLOSED;
    this.#abort.abort();
    this.#dispatchError(error);
  }

  #dispatchError(error) {
    const reason = error?.cause ?? error;
    this.dispatchEvent(new ErrorEvent('error', { message: `${reason?.message ?? reason}`, error }));
  }

  static {
    for (const type of ['open', 'message', 'error']) {
      Object.defineProperty(this.prototype, `on${type}`, {
        get() {
          return this.#handlers[type]?.handler ?? null;
        },
        set(value) {
          const handler = typeof value === 'function' || typeof value === 'object' ? value : null;
          const known = this.#handlers[type];
          if (handler === null) {
            if (known) this.removeEventListener(type, known.listener);
            delete this.#handlers[type];
          } else if (known) {
            known.handler = handler;
          } else {
            const made = { handler, listener: null };
            made.listener = (event) => {
              if (typeof made.handler === 'function') made.handler.call(this, event);
            };
            this.#handlers[type] = made;
            this.addEventListener(type, made.listener);
          }
        },
        enumerable: true,
        configurable: true,
      });
    }
    for (const [name, value] of Object.entries({ CONNECTING, OPEN, CLOSED })) {
      Object.defineProperty(this, name, { value, enumerable: true });
      Object.defineProperty(this.prototype, name, { value, enumerable: true });
    }
    for (const name of ['url', 'withCredentials', 'readyState', 'close']) {
      Object.defineProperty(this.prototype, name, { enumerable: true });
    }
    Object.defineProperty(this.prototype, Symbol.toStringTag, {
      value: 'EventSource', configurable: true,
    });
  }
}

function checkedUrl(text) {
  const url = URL.parse(text);
  if (url === null) {
    throw new DOMException(
      `Invalid URL: '${text}' (an EventSource needs a whole URL, such as http://localhost:3000/events)`,
      'SyntaxError',
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new DOMException(
      `an EventSource connects to http: and https: URLs, not to ${url.protocol}`, 'SyntaxError',
    );
  }
  return url.href;
}

/** Why a response is no stream of events. */
function faultOf(response) {
  if (response.status !== 200) return `the server answered with status ${response.status}, not 200`;
  const type = response.headers.get('content-type');
  if (/^\s*text\/event-stream\s*(;|$)/i.test(type ?? '')) return undefined;
  return `the server sends ${type === null ? 'no content type' : `'${type}'`}, not text/event-stream`;
}
