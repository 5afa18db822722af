// The types of `krandog:nats` and `krandog:history/nats`.

declare module 'krandog:nats' {
  import { EventEmitter } from 'events';

  export interface NatsOptions {
    /** What the connection is called in the server's lists: krandog. */
    name?: string;
    /** How TLS is spoken. */
    tls?: TlsClientOptions;
    /** Milliseconds until the server has answered: 10 000. */
    connectTimeout?: number;
    /** Milliseconds of silence after which the server is asked whether it is there: 10 000. */
    pingInterval?: number;
    /** Bytes that may wait to be sent: 16 MiB. */
    maxQueueBytes?: number;
  }

  export type Payload = string | ArrayBuffer | ArrayBufferView;
  /** Fields of a message, by name or as pairs. */
  export type Fields = Iterable<readonly [string, string]> | { readonly [name: string]: string | number };

  export interface NatsPublishOptions {
    /** Where an answer is to go. */
    reply?: string;
    headers?: Fields;
  }

  export interface NatsSubscribeOptions {
    /** Of those with the same queue, one gets each message. */
    queue?: string;
    /** Messages after which it ends. */
    max?: number;
  }

  export interface NatsRequestOptions {
    /** Milliseconds to wait for the answer: 5000. */
    timeout?: number;
    headers?: Fields;
  }

  export type Listener = (message: NatsMessage) => void;

  /** A message that has come. */
  export class NatsMessage {
    private constructor();
    readonly subject: string;
    readonly data: Uint8Array<ArrayBuffer>;
    /** Where an answer is to go. */
    readonly reply: string | undefined;
    /** What stands in place of a payload, such as 503: nobody has answered. */
    readonly status: number | undefined;
    /** What that number means. */
    readonly description: string;
    readonly headers: { readonly [name: string]: string };
    text(): string;
    json(): any;
    /** Answers whoever has asked. False if nobody waits for an answer. */
    respond(data?: Payload, options?: NatsPublishOptions): boolean;
  }

  /** Messages of a subject: leaving the loop ends it. */
  export class NatsSubscription implements AsyncIterable<NatsMessage>, Disposable {
    private constructor();
    readonly subject: string;
    readonly closed: boolean;
    unsubscribe(): void;
    [Symbol.dispose](): void;
    [Symbol.asyncIterator](): AsyncGenerator<NatsMessage, void, void>;
  }

  /** A client of NATS. */
  export class Nats extends EventEmitter {
    constructor(url?: string, options?: NatsOptions);
    readonly status: 'connecting' | 'ready' | 'reconnecting' | 'end';
    readonly connected: boolean;
    connect(): Promise<this>;
    /** Sends a message to whoever has subscribed. */
    publish(subject: string, data?: Payload, options?: NatsPublishOptions): void;
    subscribe(subject: string, listener: Listener): NatsSubscription;
    subscribe(subject: string, options?: NatsSubscribeOptions, listener?: Listener): NatsSubscription;
    /** Sends a message and waits for the first answer. */
    request(subject: string, data?: Payload, options?: NatsRequestOptions): Promise<NatsMessage>;
    /** Resolves once the server has dealt with all that was sent before. */
    flush(): Promise<void>;
    /** Ends subscriptions and, once all is sent, the connection. */
    drain(): Promise<void>;
    /** Ends the connection at once. */
    close(): Promise<void>;
    ref(): this;
    unref(): this;
    [Symbol.asyncDispose](): Promise<void>;
  }

  /** A client that is connected; rejects if the first try fails. */
  export function connect(url?: string, options?: NatsOptions): Promise<Nats>;
  export default Nats;
}

declare module 'krandog:history/nats' {
  import { History, HistoryOptions, Position } from 'krandog:history';
  import { Hub, PublishOptions } from 'krandog:hub';
  import { Nats } from 'krandog:nats';

  export interface NatsHistoryOptions {
    /** Of a room: 100. */
    messages?: number;
    /** Milliseconds that a message is kept: 300 000. */
    age?: number;
    /** What the subjects begin with: krandog. */
    prefix?: string;
    /** The stream that keeps all rooms: KRANDOG_HISTORY. */
    stream?: string;
    /** Servers that keep a copy: 1. */
    replicas?: number;
    encode?: HistoryOptions['encode'];
  }

  /** History in a stream of JetStream, for several processes: all answers are promises. */
  export class NatsHistory {
    constructor(hub: Hub, nats: Nats, options?: NatsHistoryOptions);
    publish(
      room: string,
      data: any,
      options?: PublishOptions,
    ): Promise<ReturnType<History['publish']>>;
    join(
      ws: WebSocket,
      room: string,
      options?: { since?: unknown; last?: number },
    ): Promise<ReturnType<History['join']>>;
    since(room: string, position: unknown): Promise<ReturnType<History['since']>>;
    position(room: string): Promise<Position>;
    clear(room: string): Promise<boolean>;
  }

  const history: { NatsHistory: typeof NatsHistory };
  export default history;
}
