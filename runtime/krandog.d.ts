/// <reference path="types/async_hooks.d.ts" />
/// <reference path="types/child_process.d.ts" />
/// <reference path="types/cluster.d.ts" />
/// <reference path="types/dgram.d.ts" />
/// <reference path="types/dns.d.ts" />
/// <reference path="types/files.d.ts" />
/// <reference path="types/fs.d.ts" />
/// <reference path="types/inspector.d.ts" />
/// <reference path="types/kv.d.ts" />
/// <reference path="types/nats.d.ts" />
/// <reference path="types/net.d.ts" />
/// <reference path="types/punycode.d.ts" />
/// <reference path="types/readline.d.ts" />
/// <reference path="types/sqlite.d.ts" />
/// <reference path="types/stream.d.ts" />
/// <reference path="types/test.d.ts" />
/// <reference path="types/tls.d.ts" />
/// <reference path="types/v8.d.ts" />
/// <reference path="types/vm.d.ts" />
/// <reference path="types/zlib.d.ts" />

// Types of what krandog has, for editors and `tsc`. Nothing reads this file at run time.
//
// It stands alone, without the types of browsers or Node.js:
//
//   tsc --noEmit --strict --checkJs --lib esnext --target esnext --module esnext \
//     --moduleResolution bundler --moduleDetection force --types '' runtime/krandog.d.ts script.js
//
// A callback may be async where its type allows a promise.

type BufferSource = ArrayBufferView | ArrayBuffer | SharedArrayBuffer;

// --- servers ---

declare module 'http' {
  import { EventEmitter } from 'events';
  import { Readable, Writable } from 'stream';

  /** What a handler gets: an HTTP request, or one message of a WebSocket. */
  export type Request = HttpRequest | WebSocketRequest;

  export interface HttpRequest {
    readonly type: 'http';
    readonly method: string;
    /** Path and query as they came. */
    readonly url: string;
    readonly pathname: string;
    /** What the path has in the groups of its route, decoded. */
    readonly params: Readonly<Record<string, string>>;
    /** A name that stands more than once has an array of its values. */
    readonly query: Readonly<Record<string, string | string[] | undefined>>;
    readonly headers: RequestHeaders;
    /** The body as text. */
    readonly body: string;
    /** The body as it came. */
    readonly bytes: Uint8Array;
    /** The body parsed. Throws a `SyntaxError` for invalid JSON, which is answered with 400. */
    readonly json: any;
    /** Undefined on a Unix socket. Behind a trusted proxy, the client's. */
    readonly remoteAddress: string | undefined;
    /** Undefined where it is not known. */
    readonly remotePort: number | undefined;
    /** Of the URL that the client has asked for. */
    readonly protocol: 'http' | 'https';
    /** The same, with the port where that is not the usual one. */
    readonly host: string;
    /** The verified certificate of the client, if the server asks for one (`tls.requestCert`). */
    readonly peerCertificate: PeerCertificate | undefined;
    readonly httpVersion: '1.0' | '1.1';
    /** Aborted if the client goes before it has its reply. */
    readonly signal: AbortSignal;
    /** The body as it comes, if the route or the server has `body: 'stream'`. */
    stream(): any;
    /** All of the body, up to `maxBody`. */
    text(): Promise<string>;
    arrayBuffer(): Promise<ArrayBuffer>;
    blob(): Promise<Blob>;
    formData(): Promise<FormData>;
    toJSON(): Record<string, unknown>;
  }

  /** A verified certificate, as in Node.js. */
  export interface PeerCertificate {
    subject: Readonly<Record<string, string | undefined>>;
    issuer: Readonly<Record<string, string | undefined>>;
    /** `DNS:localhost, IP Address:127.0.0.1`. */
    subjectaltname: string | undefined;
    valid_from: string;
    valid_to: string;
    /** SHA-256. */
    fingerprint256: string;
    serialNumber: string;
    /** DER. */
    raw: Uint8Array;
  }

  export interface WebSocketRequest {
    readonly type: 'websocket';
    /** The connection: the same object for its whole life. */
    readonly ws: WebSocket;
    /** A string for a text message, bytes for a binary one (see `ws.binaryType`). */
    readonly data: any;
    readonly pathname: string;
    /** What the path has in the groups of its route, decoded. */
    readonly params: Readonly<Record<string, string>>;
    /** Of the request that opened the connection. */
    readonly headers: RequestHeaders;
    toJSON(): Record<string, unknown>;
  }

  export type Body = string | BufferSource | Blob;

  /**
   * Fields to send. An array sends one field for each of its values; null and undefined send none.
   */
  export type Headers =
    | Readonly<Record<string, string | number | readonly (string | number)[] | null | undefined>>
    | Iterable<readonly [string, string | number | null | undefined]>;

  /** What a body is made of that comes bit by bit. */
  export type Pieces =
    | AsyncIterable<string | BufferSource | Blob>
    | Iterator<string | BufferSource | Blob>;

  export type Reply = Body | Pieces | Response | {
    /** 200 to 599; 200 when there is none. */
    status?: number;
    headers?: Headers;
    /** `'html'`, `'text'`, `'json'`, `'css'`, `'js'` or a content type in full. */
    type?: string;
    body?: Body | Pieces | null;
    /** A value to be encoded, in place of `body`. */
    json?: unknown;
  };

  /** Nothing means 404 for a request, and is what belongs to a message. */
  export type Handler = (req: Request) => Reply | void | PromiseLike<Reply | void>;

  /**
   * What decides on an opening handshake: nothing or true accepts, false refuses with 403, a reply
   * with a status refuses with that.
   */
  export type UpgradeVerdict = void | boolean | UpgradeAcceptance | UpgradeRefusal;

  export interface UpgradeAcceptance {
    /** One of those that the client offers. */
    protocol?: string | null;
    /** Further header fields of the answer, such as `Set-Cookie`. */
    headers?: Headers;
    /** What `ws.data` is from the start. */
    data?: any;
    status?: undefined;
  }

  export interface UpgradeRefusal {
    status: number;
    headers?: Headers;
    type?: string;
    body?: Body | null;
    json?: unknown;
  }

  export interface RequestRouteOptions {
    /** `'stream'`: the handler is called before the body has come. */
    body?: 'whole' | 'stream';
  }

  export interface CompressOptions {
    /** Bytes that a body has at least: 1024. */
    threshold?: number;
    /** The best one first. */
    encodings?: readonly ('br' | 'gzip')[];
  }

  export interface ServerOptions {
    websocket?: WebSocketServerOptions;
    /** `'stream'`: handlers are called before the body has come, unless their route says otherwise. */
    body?: 'whole' | 'stream';
    /** Whether replies are compressed for clients that take it: false. */
    compress?: boolean | CompressOptions;
    /** The rooms of its WebSockets, where several servers share them. */
    hub?: import('krandog:hub').Hub;
    /** The bus of its own hub: a name, or the URL of a broker. */
    bus?: string;
    /** Largest body of a request, in bytes: 1 MiB. */
    maxBody?: number;
    /** Milliseconds between a reply and the next request: 5000. */
    keepAliveTimeout?: number;
    /**
     * Milliseconds for a whole request, with a second more for each KiB of its body; also for a
     * peer that takes nothing of its reply: 30000.
     */
    requestTimeout?: number;
    /** Connections of the server, HTTP too: no limit. May stand in `websocket` as well. */
    maxConnections?: number;
    /** Connections of one address, or of one /64 of IPv6: no limit. May stand in `websocket` too. */
    maxConnectionsPerAddress?: number;
    /** New connections of one address; a number is so many a second. May stand in `websocket` too. */
    connectRate?: false | number | ConnectRate;
    /**
     * Proxies that are believed about whom they speak for: nobody. Addresses, networks such as
     * `10.0.0.0/8`, and the names `loopback`, `private` and `linklocal`; a number is so many proxies,
     * and `true` is everybody.
     */
    trustProxy?: boolean | number | string | readonly string[];
    /** Where they say it: `'x-forwarded-for'`, with `-proto` and `-host`. */
    trustProxyHeader?: 'x-forwarded-for' | 'forwarded';
    /** Whether each connection begins with a header of the PROXY protocol, and is reset without. */
    proxyProtocol?: boolean;
    /** For the head of a request: 10 000. May stand in `websocket` as well. */
    handshakeTimeout?: number;
    /** The server speaks TLS. */
    tls?: TlsServerOptions;
    /**
     * How it closes when a signal ends the program, which then ends with exit code 0. `drain` is
     * 8000 unless you say otherwise.
     */
    shutdown?: CloseOptions;
  }

  /** How fast one address may connect. */
  export interface ConnectRate {
    connections: number;
    /** Milliseconds: 1000. */
    per?: number;
    /** As many as may come at once: all of them. */
    burst?: number;
  }

  /** How fast the messages of one WebSocket may come: by number, by bytes, or by both. */
  export interface RateLimit {
    /** Pings and pongs count too. */
    messages?: number;
    bytes?: number;
    /** Milliseconds: 1000. */
    per?: number;
    /** As much as may come at once: all of it. A number where only one of both is counted. */
    burst?: number | { messages?: number; bytes?: number };
    /** `'pause'`, so that its peer has to wait; or close 1008. */
    action?: 'pause' | 'close';
  }

  /** The open WebSockets of a server, as they are at the moment. */
  export interface Clients extends Iterable<WebSocket> {
    readonly size: number;
    /** The one whose `id` that is. */
    get(id: number): WebSocket | undefined;
    has(ws: unknown): boolean;
    forEach(callback: (ws: WebSocket, same: WebSocket, clients: Clients) => void, thisArg?: any): void;
    filter(
      callback: (ws: WebSocket, same: WebSocket, clients: Clients) => unknown,
      thisArg?: any,
    ): WebSocket[];
    values(): IterableIterator<WebSocket>;
    [Symbol.iterator](): IterableIterator<WebSocket>;
    /** Closes them over `spread` milliseconds, with 1001; resolves when they have closed. */
    closeAll(options?: { code?: number; reason?: string; spread?: number }): Promise<void>;
  }

  /** How many connections were refused, by the option that refused them. */
  export interface Refused {
    maxConnections: number;
    maxConnectionsPerAddress: number;
    connectRate: number;
    proxyProtocol: number;
  }

  export interface TlsServerOptions extends TlsIdentity {
    /** Further names with their certificates; `*.example.com` is for all names one level below. */
    sni?: Readonly<Record<string, TlsIdentity>>;
    /** Whether clients are asked for a certificate: false. */
    requestCert?: boolean;
    /** The authorities of clients' certificates. */
    ca?: TlsMaterial | readonly TlsMaterial[];
    /** Whether clients that are asked for a certificate must have one: true. */
    rejectUnauthorized?: boolean;
    /** `'TLSv1.2'`. */
    minVersion?: 'TLSv1.2' | 'TLSv1.3';
  }

  /** Sizes in bytes, times in milliseconds; 0 switches a time off. */
  export interface WebSocketServerOptions {
    /** Who may open a WebSocket, asked once the origin is allowed. It has 30 s. */
    upgrade?(
      req: HttpRequest,
      offeredProtocols: string[],
    ): UpgradeVerdict | PromiseLike<UpgradeVerdict>;
    /** May be async, like all hooks: a connection closes with 1011 when the promise rejects. */
    open?(ws: WebSocket): unknown;
    /** In place of the server's handler. Answer with `ws.send(...)` and return nothing. */
    message?(ws: WebSocket, data: any): void | PromiseLike<void>;
    close?(ws: WebSocket, code: number, reason: string): unknown;
    /** What went wrong, before `close`. */
    error?(ws: WebSocket, error: Error & { code: string }): unknown;
    /** A ping came, and has been answered. */
    ping?(ws: WebSocket, data: Uint8Array): unknown;
    pong?(ws: WebSocket, data: Uint8Array): unknown;
    /** All that waited for a slow peer has been written. */
    drain?(ws: WebSocket): unknown;
    /** The first message was dropped since then, by `backpressure`. */
    dropped?(ws: WebSocket): unknown;
    /** Subprotocols, the preferred ones first; or what chooses one of those offered. */
    protocols?: readonly string[] | ((
      offered: string[],
      req: HttpRequest,
    ) => string | null | undefined | void | PromiseLike<string | null | undefined | void>);
    /**
     * Whose pages may connect: `'same-origin'`. A list may have stars, as in
     * `https://*.example.com` and `http://localhost:*`.
     */
    allowedOrigins?: 'same-origin' | '*' | readonly string[] | ((
      origin: string,
      req: HttpRequest,
    ) => boolean | PromiseLike<boolean>);
    /** Messages that are answered without the script: at most 64. */
    autoReply?: readonly { match: string | BufferSource; reply: string | BufferSource }[];
    /** Off. */
    perMessageDeflate?: boolean | PerMessageDeflateOptions;
    /** Largest message taken: 1 MiB. */
    maxPayload?: number;
    /** 131 072. */
    maxFragments?: number;
    /** Bytes that may wait for a slow peer when `send` is called: 1 MiB. */
    maxBackpressure?: number;
    /** What becomes of messages beyond it: `'close'`. */
    backpressure?: Backpressure;
    /** Promises of the handler that may be pending for one WebSocket until it is not read: 1024. */
    maxPending?: number;
    /** Connections of the server: no limit. */
    maxConnections?: number;
    maxConnectionsPerAddress?: number;
    connectRate?: false | number | ConnectRate;
    /** How fast messages may come: no limit. */
    rateLimit?: false | RateLimit;
    /** How long it may be open, up to a tenth less; then it is closed with 1012: off. */
    maxLifetime?: number;
    /** For the head of a request: 10 000. */
    handshakeTimeout?: number;
    /** Silence before a ping: 25 000. */
    pingInterval?: number;
    /** Silence after it, until the peer counts as lost: 20 000. */
    pongTimeout?: number;
    /** Time without a message: off. */
    idleTimeout?: number;
    /** For the answer to a Close frame: 5000. */
    closeTimeout?: number;
  }

  /** What `server.ws` takes: whatever is left out is as for the server. */
  export interface RouteOptions extends Omit<WebSocketServerOptions, 'handshakeTimeout'> {
    /** WebSockets of this route, besides what the server allows: no limit. */
    maxConnections?: number;
    /** The room that messages go to, and not to the script. Nothing leaves them to it. */
    relay?: RouteRelay | ((ws: WebSocket) => RouteRelay | null | undefined | void);
  }

  export type RouteRelay = string | ({ room: string } & import('krandog:hub').RelayOptions);

  /** A path such as `/chat/:room` or `/files/*`, or a pattern for whole URLs. */
  export type RoutePattern = string | URLPattern;

  /** Nothing means 404. */
  export type RouteHandler = (req: HttpRequest) => Reply | void | PromiseLike<Reply | void>;

  /**
   * Runs around what was added after it. Nothing stands for the reply of `next()`, which has to be
   * called then.
   */
  export type Middleware = (
    req: HttpRequest,
    next: () => Promise<RouteReply>,
  ) => Reply | RouteReply | void | PromiseLike<Reply | RouteReply | void>;

  /** A reply as those around its handler see it, and may change it. */
  export interface RouteReply {
    /** 101 for an opening handshake that is accepted. */
    status: number;
    /** Names are in lower case. */
    headers: Record<string, string | number | readonly (string | number)[] | null | undefined>;
    type?: string;
    body?: Body | null;
    json?: unknown;
    /** The subprotocol and the `ws.data` of an opening handshake that is accepted. */
    protocol?: string | null;
    data?: any;
  }

  export interface ListenOptions {
    /** 0 picks a free one. */
    port?: number | string;
    /** Every address of the machine when there is none. */
    host?: string;
    /** Another name for `host`. */
    hostname?: string;
    /** A Unix socket, in place of a port. */
    path?: string;
    /** A listening socket that the process was started with, by its number. */
    fd?: number;
    /**
     * The first socket that systemd has passed (`LISTEN_FDS`), or the one with this name; a port or
     * a path beside it is for when there is none.
     */
    systemd?: boolean | string;
    /** For `pair` of `krandog:test` alone: nobody outside of the program can connect. */
    memory?: boolean;
    /** Other processes of the same user may listen on the port as well: false. */
    reusePort?: boolean;
    backlog?: number;
  }

  export interface Address {
    address: string;
    family: 'IPv4' | 'IPv6';
    port: number;
  }

  export interface HealthOptions {
    /** Answered with 200 as long as the loop turns: `'/healthz'`. */
    live?: string | false;
    /** Answered with 200, or 503 if the program is to get no requests: `'/readyz'`. */
    ready?: string | false;
    /** If it returns `false` or throws, the program is not ready. */
    check?: () => unknown;
  }

  export class Server extends EventEmitter {
    constructor(handler?: Handler);
    constructor(options: ServerOptions, handler?: Handler);
    constructor(handler: RequestListener);
    constructor(options: object, handler: RequestListener);
    readonly listening: boolean;
    /** The open WebSockets. */
    readonly clients: Clients;
    readonly refused: Refused;
    /** The rooms of its WebSockets. */
    readonly hub: import('krandog:hub').Hub;
    /**
     * A route for WebSockets: hooks and options, or a function that is called with each, as it opens.
     */
    ws(pattern: RoutePattern, route: RouteOptions | ((ws: WebSocket) => unknown)): this;
    /** Puts a function around whatever is added after it, also around opening handshakes. */
    use(middleware: Middleware): this;
    use(pattern: RoutePattern, middleware: Middleware): this;
    /** Also serves HEAD. */
    get(pattern: RoutePattern, handler: RouteHandler): this;
    get(pattern: RoutePattern, options: RequestRouteOptions, handler: RouteHandler): this;
    head(pattern: RoutePattern, handler: RouteHandler): this;
    head(pattern: RoutePattern, options: RequestRouteOptions, handler: RouteHandler): this;
    post(pattern: RoutePattern, handler: RouteHandler): this;
    post(pattern: RoutePattern, options: RequestRouteOptions, handler: RouteHandler): this;
    put(pattern: RoutePattern, handler: RouteHandler): this;
    put(pattern: RoutePattern, options: RequestRouteOptions, handler: RouteHandler): this;
    patch(pattern: RoutePattern, handler: RouteHandler): this;
    patch(pattern: RoutePattern, options: RequestRouteOptions, handler: RouteHandler): this;
    delete(pattern: RoutePattern, handler: RouteHandler): this;
    delete(pattern: RoutePattern, options: RequestRouteOptions, handler: RouteHandler): this;
    options(pattern: RoutePattern, handler: RouteHandler): this;
    options(pattern: RoutePattern, options: RequestRouteOptions, handler: RouteHandler): this;
    /** Serves every method. */
    all(pattern: RoutePattern, handler: RouteHandler): this;
    all(pattern: RoutePattern, options: RequestRouteOptions, handler: RouteHandler): this;
    /** A port, or a path with a slash in it for a Unix socket. Without one, a free port. */
    listen(port?: number | string | null, callback?: () => void): this;
    listen(port: number | string, backlog: number, callback?: () => void): this;
    listen(port: number | string, host: string, callback?: () => void): this;
    listen(port: number | string, host: string, backlog: number, callback?: () => void): this;
    listen(options: ListenOptions, callback?: () => void): this;
    listen(callback: () => void): this;
    /** An `Address`, the path of a Unix socket, or null when it does not listen. */
    address(): any;
    /** Stops listening, ends every connection politely, resolves when the last one is gone. */
    close(callback?: () => void): Promise<void>;
    close(options?: CloseOptions, callback?: () => void): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
    /** Exchanges the certificate from the next connection on. What is not given stays as it is. */
    setSecureContext(options: TlsServerOptions): void;
    /** Adds routes that say whether the program lives, and whether it is to get requests. */
    health(options?: HealthOptions): this;
    ref(): this;
    unref(): this;
    on(name: 'listening' | 'close', listener: () => void): this;
    on(name: 'connection', listener: (ws: WebSocket) => void): this;
    on(name: 'error', listener: (error: SystemError) => void): this;
    on(name: string | symbol, listener: (...values: any[]) => void): this;
    once(name: 'listening' | 'close', listener: () => void): this;
    once(name: 'connection', listener: (ws: WebSocket) => void): this;
    once(name: 'error', listener: (error: SystemError) => void): this;
    once(name: string | symbol, listener: (...values: any[]) => void): this;
  }

  /** How a server closes. */
  export interface CloseOptions {
    /** What its WebSockets are told: 1001. */
    code?: number;
    reason?: string;
    /** Milliseconds after which whoever is left is cut off. */
    drain?: number;
    /** Milliseconds over which its WebSockets are told, one after the other: 0. */
    spread?: number;
  }

  export function createServer(handler?: Handler): Server;
  export function createServer(options: ServerOptions, handler?: Handler): Server;
  /** A server in Node's shape: its handler takes two parameters. */
  export function createServer(handler: RequestListener): NodeServer;
  export function createServer(options: ServerOptions, handler: RequestListener): NodeServer;
  export function serve(port: number | string, handler: Handler): Server;
  export function serve(handler: Handler, port?: number | string): Server;
  export const METHODS: string[];
  /** The reason phrases of all registered statuses. */
  export const STATUS_CODES: Record<number, string>;
  /** Bytes that the head of a request may have. */
  export const maxHeaderSize: number;
  /** Throws unless it can be the name of a field. */
  export function validateHeaderName(name: string, label?: string): void;
  /** Throws unless it can be the value of this field. */
  export function validateHeaderValue(name: string, value: unknown): void;

  /** What `request` and `get` take beside a URL. */
  export interface RequestOptions extends TlsClientOptions {
    protocol?: 'http:' | 'https:';
    host?: string;
    hostname?: string;
    port?: number | string;
    path?: string;
    method?: string;
    headers?: Record<string, string | number | string[] | undefined> | string[] | [string, string][];
    /** `user:password`, for Basic authentication. */
    auth?: string;
    agent?: Agent | false;
    /** Silence in milliseconds after which `timeout` is emitted. */
    timeout?: number;
    setHost?: boolean;
    socketPath?: string;
    localAddress?: string;
    signal?: AbortSignal;
    tls?: TlsClientOptions;
    proxy?: string | URL | false;
  }

  /** Fields as `writeHead` takes them. */
  export type OutgoingHeaders =
    | Record<string, string | number | readonly string[] | undefined>
    | readonly (string | number)[] | readonly (readonly [string, string])[];

  /** What a reply and a request have in common: a stream with fields in front. */
  export class OutgoingMessage extends Writable {
    constructor(options?: object);
    headersSent: boolean;
    sendDate: boolean;
    strictContentLength: boolean;
    aborted: boolean;
    readonly finished: boolean;
    readonly connection: any;
    setHeader(name: string, value: string | number | readonly string[]): this;
    appendHeader(name: string, value: string | readonly string[]): this;
    setHeaders(headers: Headers | Map<string, string | number | readonly string[]>): this;
    getHeader(name: string): string | number | string[] | undefined;
    hasHeader(name: string): boolean;
    removeHeader(name: string): void;
    getHeaderNames(): string[];
    getRawHeaderNames(): string[];
    getHeaders(): Record<string, string | number | string[]>;
    flushHeaders(): void;
    addTrailers(headers: Record<string, string> | readonly [string, string][]): void;
    setTimeout(milliseconds: number, callback?: () => void): this;
  }

  /** The reply to a request, in Node's shape. */
  export class ServerResponse extends OutgoingMessage {
    constructor(req: IncomingMessage, options?: object);
    readonly req: IncomingMessage;
    statusCode: number;
    statusMessage?: string;
    readonly socket: any;
    writeHead(status: number, reason?: string, headers?: OutgoingHeaders): this;
    writeHead(status: number, headers?: OutgoingHeaders): this;
    writeContinue(callback?: () => void): void;
    writeProcessing(callback?: () => void): void;
    writeInformation(
      status: number, headers?: Record<string, string>, callback?: () => void,
    ): void;
    writeEarlyHints(hints: Record<string, string | string[]>, callback?: () => void): void;
    assignSocket(socket: unknown): void;
    detachSocket(socket: unknown): void;
  }

  /** A request that goes out. */
  export class ClientRequest extends OutgoingMessage {
    constructor(
      input: string | URL | RequestOptions,
      options?: RequestOptions | ((response: IncomingMessage) => void),
      callback?: (response: IncomingMessage) => void,
    );
    readonly method: string;
    readonly path: string;
    readonly host: string;
    readonly protocol: string;
    readonly reusedSocket: boolean;
    readonly maxHeadersCount: number | null;
    readonly res: IncomingMessage | null;
    readonly socket: any;
    setNoDelay(): void;
    setSocketKeepAlive(): void;
    abort(): void;
    destroy(error?: Error): this;
  }

  /** A request that a server got in Node's shape, or the response to one that went out. */
  export class IncomingMessage extends Readable {
    constructor(socket?: unknown);
    /** Of a response. */
    readonly req?: ClientRequest;
    method: string | null;
    url: string;
    statusCode: number | null;
    statusMessage: string | null;
    httpVersion: string;
    readonly httpVersionMajor: number;
    readonly httpVersionMinor: number;
    headers: Record<string, any>;
    headersDistinct: Record<string, string[]>;
    trailers: Record<string, string>;
    trailersDistinct: Record<string, string[]>;
    rawHeaders: string[];
    rawTrailers: string[];
    complete: boolean;
    aborted: boolean;
    socket: any;
    connection: any;
    setTimeout(milliseconds: number, callback?: () => void): this;
  }

  /** A server whose handler takes `(req, res)`: what it has beyond others. */
  export interface NodeServer extends Server {
    keepAliveTimeout: number;
    headersTimeout: number;
    requestTimeout: number;
    timeout: number;
    maxHeadersCount: number | null;
    closeAllConnections(): void;
    closeIdleConnections(): void;
    setTimeout(milliseconds: number, callback?: (socket: any) => void): this;
    on(event: string | symbol, listener: (...args: any[]) => void): this;
  }

  /** A handler in Node's shape: it takes two parameters. */
  export type RequestListener = (
    req: IncomingMessage, res: ServerResponse,
  ) => void | OutgoingMessage | Promise<void | OutgoingMessage>;

  /** Options for many requests. Connections are shared by all of them, whatever their agent. */
  export class Agent extends EventEmitter {
    constructor(options?: RequestOptions & { keepAlive?: boolean; maxSockets?: number });
    readonly options: object;
    readonly keepAlive: boolean;
    readonly defaultPort: number;
    readonly protocol: string;
    destroy(): void;
  }

  export function request(
    input: string | URL | RequestOptions,
    options?: RequestOptions | ((response: IncomingMessage) => void),
    callback?: (response: IncomingMessage) => void,
  ): ClientRequest;
  /** The same, and ends the request. */
  export function get(
    input: string | URL | RequestOptions,
    options?: RequestOptions | ((response: IncomingMessage) => void),
    callback?: (response: IncomingMessage) => void,
  ): ClientRequest;

  const http: {
    Server: typeof Server;
    createServer: typeof createServer;
    serve: typeof serve;
    METHODS: typeof METHODS;
    request: typeof request;
    get: typeof get;
    Agent: typeof Agent;
    ClientRequest: typeof ClientRequest;
    IncomingMessage: typeof IncomingMessage;
    OutgoingMessage: typeof OutgoingMessage;
    ServerResponse: typeof ServerResponse;
    STATUS_CODES: typeof STATUS_CODES;
    maxHeaderSize: number;
    validateHeaderName: typeof validateHeaderName;
    validateHeaderValue: typeof validateHeaderValue;
    readonly globalAgent: Agent;
  };
  export default http;
}

/**
 * The header fields of a request. Names are in lower case; repeated fields are joined with commas,
 * except `set-cookie`, which is an array.
 */
interface RequestHeaders {
  readonly accept?: string;
  readonly 'accept-encoding'?: string;
  readonly 'accept-language'?: string;
  readonly authorization?: string;
  readonly 'cache-control'?: string;
  readonly connection?: string;
  readonly 'content-length'?: string;
  readonly 'content-type'?: string;
  readonly cookie?: string;
  readonly date?: string;
  readonly expect?: string;
  readonly forwarded?: string;
  readonly host?: string;
  readonly 'if-modified-since'?: string;
  readonly 'if-none-match'?: string;
  readonly origin?: string;
  readonly range?: string;
  readonly referer?: string;
  readonly 'sec-websocket-extensions'?: string;
  readonly 'sec-websocket-key'?: string;
  readonly 'sec-websocket-protocol'?: string;
  readonly 'sec-websocket-version'?: string;
  readonly 'set-cookie'?: string[];
  readonly 'transfer-encoding'?: string;
  readonly upgrade?: string;
  readonly 'user-agent'?: string;
  readonly [name: `x-${string}`]: string | undefined;
  readonly [name: string]: string | string[] | undefined;
}

/** A server with this handler that listens on this port. */
declare var serve: typeof import('http').serve;

interface SystemError extends Error {
  code: string;
  errno?: number;
  syscall?: string;
  path?: string;
  address?: string;
  port?: number;
}

interface PerMessageDeflateOptions {
  /** Messages below this many bytes are sent as they are: 1024. */
  threshold?: number;
  /** 0 to 9: 1. */
  level?: number;
  serverNoContextTakeover?: boolean;
  clientNoContextTakeover?: boolean;
  /** 8 to 15: 15. */
  serverMaxWindowBits?: number;
  clientMaxWindowBits?: number;
  /** Bytes for the contexts of all connections: 64 MiB. */
  memoryLimit?: number;
  /** How many times its size a message may inflate to: 100. */
  maxRatio?: number;
}

// --- WebSocket ---

/** Text in PEM, bytes in PEM or DER, or the path of a file with either. */
type TlsMaterial = string | BufferSource;

/** A certificate and its key. */
interface TlsIdentity {
  /** The certificate, and behind it those that lead to its authority. */
  cert?: TlsMaterial;
  /** PKCS#8, PKCS#1 or SEC1. */
  key?: TlsMaterial;
  /** PKCS#12, in place of both. */
  pfx?: TlsMaterial;
  passphrase?: string;
}

interface TlsClientOptions extends TlsIdentity {
  /** The authorities to trust, in place of the system's. */
  ca?: TlsMaterial | readonly TlsMaterial[];
  /** The name to ask for and to check, in place of the URL's. */
  servername?: string;
  /** `false` accepts any certificate: true. */
  rejectUnauthorized?: boolean;
  /** `'TLSv1.2'`. */
  minVersion?: 'TLSv1.2' | 'TLSv1.3';
}

interface ReconnectOptions {
  /** The longest first delay in ms: 500. */
  minDelay?: number;
  /** The longest of all: 30 000. */
  maxDelay?: number;
  /** How much longer each is than the one before: 2. */
  factor?: number;
  /** The part of a delay that is left to chance: 1. */
  jitter?: number | boolean;
  /** Attempts in a row: Infinity. */
  retries?: number;
}

interface ReceiveOptions {
  /** Milliseconds: no limit. */
  timeout?: number;
}

interface QueueOptions {
  /** 1000. */
  maxMessages?: number;
  /** 1 MiB, and at most 64 MiB. */
  maxBytes?: number;
}

interface WebSocketClientOptions {
  protocols?: string | Iterable<string>;
  /** Further fields of the opening request. */
  headers?: import('http').Headers;
  /** An HTTP or SOCKS 5 proxy; false for none. What the environment says. */
  proxy?: string | URL | false;
  /** For name, proxy, connection, redirects and handshake together: 10 000. */
  handshakeTimeout?: number;
  /** Ends the socket at once when aborted. */
  signal?: AbortSignal;
  /** How many redirects are followed, at most 100; true for 10. None. */
  followRedirects?: boolean | number;
  /** Connects again by itself; true for the defaults. Never. */
  reconnect?: boolean | ReconnectOptions;
  /** What may be sent before it is open; true for the defaults. On if `reconnect` is. */
  queue?: boolean | QueueOptions;
  /** An IP address of this machine to connect from. */
  localAddress?: string;
  /** For `wss:`. */
  tls?: TlsClientOptions;
  /** 64 MiB. */
  maxPayload?: number;
  maxFragments?: number;
  /** 64 MiB. */
  maxBackpressure?: number;
  /** What becomes of messages beyond it: `'close'`. */
  backpressure?: Backpressure;
  /** 30 000. */
  pingInterval?: number;
  pongTimeout?: number;
  idleTimeout?: number;
  /** For the answer to a Close frame: 5000. */
  closeTimeout?: number;
  /** Offered. */
  perMessageDeflate?: boolean | PerMessageDeflateOptions;
}

/**
 * What becomes of messages while more than `maxBackpressure` bytes wait for a peer: it is closed with
 * 1013; new messages are dropped; the oldest are; or each takes the place of one with the same key.
 */
type Backpressure = 'close' | 'drop-new' | 'drop-old' | 'coalesce';

interface SendOptions {
  /** Whether to compress it, where that was agreed on; otherwise its size decides. */
  compress?: boolean;
  /** With `backpressure: 'coalesce'`: takes the place of a message that waits and has this key. */
  key?: string;
}

/** One message that is sent in parts. Other messages of the socket wait for its end. */
interface MessageWriter {
  readonly type: 'text' | 'binary';
  /** Resolves once the part has been handed to the kernel. */
  write(chunk: string | BufferSource | Blob): Promise<void>;
  close(): Promise<void>;
  /** Ends the message without its rest, and the connection with it, unless nothing was written. */
  abort(reason?: string): void;
}

interface CloseInfo {
  code: number;
  reason: string;
  wasClean: boolean;
  /** Who or what ended it. */
  cause: 'peer' | 'local' | 'timeout' | 'protocol' | 'limit' | 'reset' | 'tls' | 'shutdown';
}

interface WebSocketEvents {
  open: Event;
  message: MessageEvent;
  close: CloseEvent;
  error: WebSocketErrorEvent;
  drain: Event;
  dropped: Event;
  ping: ControlEvent;
  pong: ControlEvent;
  reconnecting: ReconnectingEvent;
  reconnected: ReconnectedEvent;
}

/** A socket with the option `reconnect` has lost its connection, and will try again. */
interface ReconnectingEvent extends Event {
  /** 1 for the first attempt, and again once the socket has been open for 5 s. */
  readonly attempt: number;
  /** Milliseconds until then. */
  readonly delay: number;
  /** The close code of the connection that was lost. */
  readonly code: number;
  readonly reason: string;
  readonly error: (Error & { code: string; status?: number }) | null;
  /** What was sent, but had not left when the connection was lost. */
  readonly lost: { messages: number; bytes: number };
}

/** It is open again. */
interface ReconnectedEvent extends Event {
  readonly attempt: number;
  /** Milliseconds without a connection. */
  readonly downtime: number;
}

/** A plain event, as in browsers, with what went wrong. */
interface WebSocketErrorEvent extends Event {
  readonly message: string;
  /** With the same message, code and status; it has no calls of its own. */
  readonly error: Error & { code: string; status?: number };
  /** `ECONNREFUSED`, `ENOTFOUND`, `HTTP_403`, `WS_PROTOCOL` and the like. */
  readonly code: string;
  /** The HTTP status of a refused opening handshake. */
  readonly status: number | undefined;
  /** The fields of the answer with that status. */
  readonly headers?: RequestHeaders;
  /** The first 4 KiB of its body. */
  readonly body?: string;
}

interface ControlEvent extends Event {
  readonly data: Uint8Array;
}

declare class WebSocket extends EventTarget {
  constructor(url: string | URL, protocols?: string | Iterable<string> | WebSocketClientOptions);
  static readonly CONNECTING: 0;
  static readonly OPEN: 1;
  static readonly CLOSING: 2;
  static readonly CLOSED: 3;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSING: 2;
  readonly CLOSED: 3;
  readonly url: string;
  readonly readyState: 0 | 1 | 2 | 3;
  readonly bufferedAmount: number;
  readonly extensions: string;
  readonly protocol: string;
  binaryType: 'blob' | 'arraybuffer' | 'uint8array';
  onopen: ((this: WebSocket, event: Event) => unknown) | null;
  onmessage: ((this: WebSocket, event: MessageEvent) => unknown) | null;
  onclose: ((this: WebSocket, event: CloseEvent) => unknown) | null;
  onerror: ((this: WebSocket, event: WebSocketErrorEvent) => unknown) | null;
  /**
   * Of an accepted socket, the bytes that then wait for its peer, frames and all; false when the
   * message was not accepted: it is closing, or the peer reads too slowly. An outgoing socket
   * returns nothing.
   */
  send(
    data: string | BufferSource | Blob,
    options?: SendOptions & { flushed?: false },
  ): number | false | undefined;
  /** Resolves once the message has been handed to the kernel. */
  send(data: string | BufferSource | Blob, options: SendOptions & { flushed: true }): Promise<void>;
  close(code?: number, reason?: string): void;

  // Not in browsers:
  /**
   * Passes on how another WebSocket has ended, or closes with any code that may be sent: 1000 to
   * 1003, 1007 to 1014 and 3000 to 4999. 1005 is sent as no code, and 1006 as 1001.
   */
  close(how: CloseEvent | CloseInfo | { code?: number; reason?: string }): void;
  /** Resolves once `bufferedAmount` is 0; rejected if the connection ends first. */
  drained(): Promise<void>;
  /** Messages that the peer does not get, because it reads too slowly. */
  readonly droppedMessages: number;
  /**
   * Sends one frame: 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong. Returns the bytes
   * that then wait, or false if the socket is closing.
   */
  sendFrame(
    opcode: number,
    data?: string | BufferSource | Blob,
    options?: { fin?: boolean; rsv1?: boolean },
  ): number | false;
  /** Begins a message that is sent in parts, such as one that is larger than memory. */
  stream(options?: { type?: 'text' | 'binary' }): MessageWriter;
  ondrain: ((this: WebSocket, event: Event) => unknown) | null;
  ondropped: ((this: WebSocket, event: Event) => unknown) | null;
  onreconnecting: ((this: WebSocket, event: ReconnectingEvent) => unknown) | null;
  onreconnected: ((this: WebSocket, event: ReconnectedEvent) => unknown) | null;
  onping: ((this: WebSocket, event: ControlEvent) => unknown) | null;
  onpong: ((this: WebSocket, event: ControlEvent) => unknown) | null;
  /** A number that no other connection of this process has had; it stays after the close. */
  readonly id: number;
  /** Yours: the runtime does not look at it. */
  data: any;
  readonly pathname: string;
  /** What the path of an accepted socket has in the groups of its route, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Of the request that opened it; undefined where this end sent that. */
  readonly headers: RequestHeaders | undefined;
  /** Undefined on a Unix socket, and before an outgoing one is connected. */
  readonly remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
  /** A map of your own. */
  readonly metadata: Map<any, any>;
  /** When it opened, as `Date.now()`; null before that. */
  readonly openedAt: number | null;
  /** When bytes of the peer have come last. */
  readonly lastSeen: number | null;
  /** Milliseconds that the latest ping took; null before there was one. */
  readonly rtt: number | null;
  /** Messages that have come, and bytes of their payloads. */
  readonly messagesIn: number;
  readonly bytesIn: number;
  /** Messages that were queued for the peer, and bytes of their payloads. */
  readonly messagesOut: number;
  readonly bytesOut: number;
  /** Null until it has closed. */
  readonly closeInfo: CloseInfo | null;
  /** Resolves with the round trip in milliseconds. */
  ping(data?: string | BufferSource): Promise<number>;
  pong(data?: string | BufferSource): void;
  /** Ends the connection at once, without a closing handshake. */
  terminate(): void;
  /** Puts an accepted socket into a room of its server's hub; true if it is new there. */
  join(room: string): boolean;
  /** Takes it out of a room, or out of all; true if it was there. */
  leave(room?: string): boolean;
  inRoom(room: string): boolean;
  /** The names of its rooms; once it has closed, of those in which it was. */
  readonly rooms: string[];
  /** Sends to the others in a room. */
  publish(
    room: string,
    data: string | ArrayBufferLike | ArrayBufferView | Blob,
    options?: import('krandog:hub').PublishOptions,
  ): import('krandog:hub').PublishResult;
  /**
   * Messages of this accepted socket go to a room from now on, and not to the script; with null, to
   * the script again. False if nothing has changed.
   */
  relay(room: string | null, options?: import('krandog:hub').RelayOptions): boolean;
  /** The rule in force, and what it has done; once it has closed, the rule that was. */
  readonly relayInfo: import('krandog:hub').RelayInfo | null;
  pause(): void;
  resume(): void;
  /** Messages as they come, until the socket is closed. */
  [Symbol.asyncIterator](): AsyncGenerator<any, void, void>;
  /** The next message; null once the socket has closed. A `TimeoutError` after `timeout` ms. */
  receive(options?: ReceiveOptions): Promise<any>;
  /** The messages that nobody has taken. */
  messages(): any[];

  addEventListener<K extends keyof WebSocketEvents>(
    type: K,
    listener: (this: WebSocket, event: WebSocketEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListener | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

// --- events ---

interface EventInit { bubbles?: boolean; cancelable?: boolean; composed?: boolean }

declare class Event {
  constructor(type: string, init?: EventInit);
  static readonly NONE: 0;
  static readonly CAPTURING_PHASE: 1;
  static readonly AT_TARGET: 2;
  static readonly BUBBLING_PHASE: 3;
  readonly NONE: 0;
  readonly CAPTURING_PHASE: 1;
  readonly AT_TARGET: 2;
  readonly BUBBLING_PHASE: 3;
  readonly type: string;
  readonly target: EventTarget | null;
  readonly currentTarget: EventTarget | null;
  readonly eventPhase: number;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly composed: boolean;
  readonly defaultPrevented: boolean;
  readonly isTrusted: boolean;
  readonly timeStamp: number;
  composedPath(): EventTarget[];
  preventDefault(): void;
  stopPropagation(): void;
  stopImmediatePropagation(): void;
}

declare class CustomEvent<T = any> extends Event {
  constructor(type: string, init?: EventInit & { detail?: T });
  readonly detail: T;
}

declare class MessageEvent<T = any> extends Event {
  constructor(type: string, init?: EventInit & {
    data?: T;
    origin?: string;
    lastEventId?: string;
    source?: any;
    ports?: Iterable<any>;
  });
  readonly data: T;
  readonly origin: string;
  readonly lastEventId: string;
  readonly source: any;
  readonly ports: readonly any[];
}

declare class CloseEvent extends Event {
  constructor(type: string, init?: EventInit & Partial<Omit<CloseInfo, 'cause'>>);
  readonly wasClean: boolean;
  readonly code: number;
  readonly reason: string;
}

declare class ErrorEvent extends Event {
  constructor(type: string, init?: EventInit & {
    message?: string;
    filename?: string;
    lineno?: number;
    colno?: number;
    error?: any;
  });
  readonly message: string;
  readonly filename: string;
  readonly lineno: number;
  readonly colno: number;
  readonly error: any;
}

type EventListener = ((event: any) => unknown) | { handleEvent(event: any): unknown };

interface AddEventListenerOptions {
  capture?: boolean;
  once?: boolean;
  passive?: boolean;
  signal?: AbortSignal;
}

declare class EventTarget {
  constructor();
  addEventListener(
    type: string,
    listener: EventListener | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListener | null,
    options?: boolean | { capture?: boolean },
  ): void;
  dispatchEvent(event: Event): boolean;
}

declare class AbortSignal extends EventTarget {
  private constructor();
  static abort(reason?: any): AbortSignal;
  static timeout(milliseconds: number): AbortSignal;
  static any(signals: Iterable<AbortSignal>): AbortSignal;
  readonly aborted: boolean;
  readonly reason: any;
  onabort: ((event: Event) => unknown) | null;
  throwIfAborted(): void;
}

declare class AbortController {
  constructor();
  readonly signal: AbortSignal;
  abort(reason?: any): void;
}

declare class DOMException extends Error {
  constructor(message?: string, name?: string | { name?: string; cause?: unknown });
  readonly code: number;
}

// --- data ---

/** Any iterable but a string. */
type BlobParts = object & Iterable<string | BufferSource | Blob>;

/** How text becomes bytes; names are taken in any case, and `ucs2` and `binary` too. */
type BufferEncoding =
  'utf8' | 'utf-8' | 'utf16le' | 'utf-16le' | 'ucs2' | 'ucs-2' | 'latin1' | 'binary' | 'ascii' | 'hex' | 'base64'
  | 'base64url';

/** Bytes, with the methods of Node.js. Its parts share its memory. */
interface Buffer extends Uint8Array<ArrayBuffer> {
  readonly parent: ArrayBuffer;
  readonly offset: number;
  toString(encoding?: BufferEncoding, start?: number, end?: number): string;
  toLocaleString(encoding?: any, start?: any, end?: number): string;
  toJSON(): { type: 'Buffer'; data: number[] };
  equals(other: Uint8Array): boolean;
  compare(
    target: Uint8Array, targetStart?: number, targetEnd?: number, sourceStart?: number, sourceEnd?: number,
  ): -1 | 0 | 1;
  /** Returns how many bytes it has copied. */
  copy(target: Uint8Array, targetStart?: number, sourceStart?: number, sourceEnd?: number): number;
  slice(start?: number, end?: number): Buffer;
  subarray(start?: number, end?: number): Buffer;
  indexOf(value: string | number | Uint8Array, byteOffset?: number | string, encoding?: string): number;
  lastIndexOf(value: string | number | Uint8Array, byteOffset?: number | string, encoding?: string): number;
  includes(value: string | number | Uint8Array, byteOffset?: number | string, encoding?: string): boolean;
  fill(value: any, offset?: any, end?: any, encoding?: string): this;
  /** Returns how many bytes it has written. */
  write(text: string, offset?: number | string, length?: number | string, encoding?: string): number;
  swap16(): this;
  swap32(): this;
  swap64(): this;
  readUInt8(offset?: number): number;
  writeUInt8(value: number, offset?: number): number;
  readUint8(offset?: number): number;
  writeUint8(value: number, offset?: number): number;
  readInt8(offset?: number): number;
  writeInt8(value: number, offset?: number): number;
  readUInt16LE(offset?: number): number;
  writeUInt16LE(value: number, offset?: number): number;
  readUint16LE(offset?: number): number;
  writeUint16LE(value: number, offset?: number): number;
  readInt16LE(offset?: number): number;
  writeInt16LE(value: number, offset?: number): number;
  readUInt32LE(offset?: number): number;
  writeUInt32LE(value: number, offset?: number): number;
  readUint32LE(offset?: number): number;
  writeUint32LE(value: number, offset?: number): number;
  readInt32LE(offset?: number): number;
  writeInt32LE(value: number, offset?: number): number;
  readUInt16BE(offset?: number): number;
  writeUInt16BE(value: number, offset?: number): number;
  readUint16BE(offset?: number): number;
  writeUint16BE(value: number, offset?: number): number;
  readInt16BE(offset?: number): number;
  writeInt16BE(value: number, offset?: number): number;
  readUInt32BE(offset?: number): number;
  writeUInt32BE(value: number, offset?: number): number;
  readUint32BE(offset?: number): number;
  writeUint32BE(value: number, offset?: number): number;
  readInt32BE(offset?: number): number;
  writeInt32BE(value: number, offset?: number): number;
  readFloatLE(offset?: number): number;
  writeFloatLE(value: number, offset?: number): number;
  readFloatBE(offset?: number): number;
  writeFloatBE(value: number, offset?: number): number;
  readDoubleLE(offset?: number): number;
  writeDoubleLE(value: number, offset?: number): number;
  readDoubleBE(offset?: number): number;
  writeDoubleBE(value: number, offset?: number): number;
  readIntLE(offset: number, byteLength: number): number;
  writeIntLE(value: number, offset: number, byteLength: number): number;
  readUIntLE(offset: number, byteLength: number): number;
  writeUIntLE(value: number, offset: number, byteLength: number): number;
  readUintLE(offset: number, byteLength: number): number;
  writeUintLE(value: number, offset: number, byteLength: number): number;
  readBigInt64LE(offset?: number): bigint;
  writeBigInt64LE(value: bigint, offset?: number): number;
  readBigUint64LE(offset?: number): bigint;
  writeBigUint64LE(value: bigint, offset?: number): number;
  readBigUInt64LE(offset?: number): bigint;
  writeBigUInt64LE(value: bigint, offset?: number): number;
  readIntBE(offset: number, byteLength: number): number;
  writeIntBE(value: number, offset: number, byteLength: number): number;
  readUIntBE(offset: number, byteLength: number): number;
  writeUIntBE(value: number, offset: number, byteLength: number): number;
  readUintBE(offset: number, byteLength: number): number;
  writeUintBE(value: number, offset: number, byteLength: number): number;
  readBigInt64BE(offset?: number): bigint;
  writeBigInt64BE(value: bigint, offset?: number): number;
  readBigUint64BE(offset?: number): bigint;
  writeBigUint64BE(value: bigint, offset?: number): number;
  readBigUInt64BE(offset?: number): bigint;
  writeBigUInt64BE(value: bigint, offset?: number): number;
  utf8Slice(start?: number, end?: number): string;
  utf8Write(text: string, offset?: number, length?: number): number;
  utf16leSlice(start?: number, end?: number): string;
  utf16leWrite(text: string, offset?: number, length?: number): number;
  ucs2Slice(start?: number, end?: number): string;
  ucs2Write(text: string, offset?: number, length?: number): number;
  latin1Slice(start?: number, end?: number): string;
  latin1Write(text: string, offset?: number, length?: number): number;
  asciiSlice(start?: number, end?: number): string;
  asciiWrite(text: string, offset?: number, length?: number): number;
  hexSlice(start?: number, end?: number): string;
  hexWrite(text: string, offset?: number, length?: number): number;
  base64Slice(start?: number, end?: number): string;
  base64Write(text: string, offset?: number, length?: number): number;
  base64urlSlice(start?: number, end?: number): string;
  base64urlWrite(text: string, offset?: number, length?: number): number;
}

interface BufferConstructor {
  readonly prototype: Buffer;
  /** Use `Buffer.from` or `Buffer.alloc`. */
  new (value: any, encodingOrOffset?: any, length?: number): Buffer;
  (value: any, encodingOrOffset?: any, length?: number): Buffer;
  from(text: string | { valueOf(): string }, encoding?: BufferEncoding): Buffer;
  from(memory: ArrayBufferLike, byteOffset?: number, length?: number): Buffer;
  from(bytes: ArrayLike<number> | { type: 'Buffer'; data: number[] }): Buffer;
  from(iterable: any, map?: any, thisArg?: any): Buffer;
  of(...bytes: number[]): Buffer;
  alloc(size: number, fill?: string | number | Uint8Array, encoding?: BufferEncoding): Buffer;
  allocUnsafe(size: number): Buffer;
  allocUnsafeSlow(size: number): Buffer;
  concat(list: readonly Uint8Array[], totalLength?: number): Buffer;
  copyBytesFrom(view: ArrayBufferView, offset?: number, length?: number): Buffer;
  isBuffer(value: unknown): value is Buffer;
  isEncoding(name: string): name is BufferEncoding;
  byteLength(value: string | ArrayBufferLike | ArrayBufferView, encoding?: BufferEncoding): number;
  compare(a: Uint8Array, b: Uint8Array): -1 | 0 | 1;
  poolSize: number;
  readonly BYTES_PER_ELEMENT: 1;
}
declare var Buffer: BufferConstructor;

interface ReadableStreamReadResult<T> {
  done: boolean;
  value: T;
}

interface QueuingStrategy<T = any> {
  highWaterMark?: number;
  size?(chunk: T): number;
}

interface UnderlyingSource<T = any> {
  type?: undefined;
  start?(controller: ReadableStreamDefaultController<T>): unknown;
  pull?(controller: ReadableStreamDefaultController<T>): unknown;
  cancel?(reason?: any): unknown;
}

interface UnderlyingByteSource {
  type: 'bytes';
  autoAllocateChunkSize?: number;
  start?(controller: ReadableByteStreamController): unknown;
  pull?(controller: ReadableByteStreamController): unknown;
  cancel?(reason?: any): unknown;
}

interface StreamPipeOptions {
  preventAbort?: boolean;
  preventCancel?: boolean;
  preventClose?: boolean;
  signal?: AbortSignal;
}

declare class ReadableStream<T = any> {
  constructor(source: UnderlyingByteSource, strategy?: { highWaterMark?: number });
  constructor(source?: UnderlyingSource<T>, strategy?: QueuingStrategy<T>);
  static from<T>(iterable: Iterable<T | PromiseLike<T>> | AsyncIterable<T>): ReadableStream<T>;
  readonly locked: boolean;
  cancel(reason?: any): Promise<void>;
  getReader(options: { mode: 'byob' }): ReadableStreamBYOBReader;
  getReader(): ReadableStreamDefaultReader<T>;
  pipeThrough<U>(
    transform: { readable: ReadableStream<U>; writable: WritableStream<T> },
    options?: StreamPipeOptions,
  ): ReadableStream<U>;
  pipeTo(destination: WritableStream<T>, options?: StreamPipeOptions): Promise<void>;
  tee(): [ReadableStream<T>, ReadableStream<T>];
  values(options?: { preventCancel?: boolean }): AsyncIterableIterator<T>;
  [Symbol.asyncIterator](options?: { preventCancel?: boolean }): AsyncIterableIterator<T>;
}

declare class ReadableStreamDefaultReader<T = any> {
  constructor(stream: ReadableStream<T>);
  readonly closed: Promise<void>;
  read(): Promise<ReadableStreamReadResult<T>>;
  releaseLock(): void;
  cancel(reason?: any): Promise<void>;
}

declare class ReadableStreamBYOBReader {
  constructor(stream: ReadableStream);
  readonly closed: Promise<void>;
  read<V extends ArrayBufferView>(
    view: V, options?: { min?: number },
  ): Promise<ReadableStreamReadResult<V>>;
  releaseLock(): void;
  cancel(reason?: any): Promise<void>;
}

declare class ReadableStreamDefaultController<T = any> {
  private constructor();
  readonly desiredSize: number | null;
  close(): void;
  enqueue(chunk?: T): void;
  error(reason?: any): void;
}

declare class ReadableByteStreamController {
  private constructor();
  readonly byobRequest: ReadableStreamBYOBRequest | null;
  readonly desiredSize: number | null;
  close(): void;
  enqueue(chunk: ArrayBufferView): void;
  error(reason?: any): void;
}

declare class ReadableStreamBYOBRequest {
  private constructor();
  readonly view: Uint8Array | null;
  respond(bytesWritten: number): void;
  respondWithNewView(view: ArrayBufferView): void;
}

interface UnderlyingSink<T = any> {
  type?: undefined;
  start?(controller: WritableStreamDefaultController): unknown;
  write?(chunk: T, controller: WritableStreamDefaultController): unknown;
  close?(): unknown;
  abort?(reason?: any): unknown;
}

declare class WritableStream<T = any> {
  constructor(sink?: UnderlyingSink<T>, strategy?: QueuingStrategy<T>);
  readonly locked: boolean;
  abort(reason?: any): Promise<void>;
  close(): Promise<void>;
  getWriter(): WritableStreamDefaultWriter<T>;
}

declare class WritableStreamDefaultWriter<T = any> {
  constructor(stream: WritableStream<T>);
  readonly closed: Promise<void>;
  readonly ready: Promise<void>;
  readonly desiredSize: number | null;
  abort(reason?: any): Promise<void>;
  close(): Promise<void>;
  releaseLock(): void;
  write(chunk?: T): Promise<void>;
}

declare class WritableStreamDefaultController {
  private constructor();
  readonly signal: AbortSignal;
  error(reason?: any): void;
}

interface Transformer<I = any, O = any> {
  readableType?: undefined;
  writableType?: undefined;
  start?(controller: TransformStreamDefaultController<O>): unknown;
  transform?(chunk: I, controller: TransformStreamDefaultController<O>): unknown;
  flush?(controller: TransformStreamDefaultController<O>): unknown;
  cancel?(reason?: any): unknown;
}

declare class TransformStream<I = any, O = any> {
  constructor(
    transformer?: Transformer<I, O>,
    writableStrategy?: QueuingStrategy<I>,
    readableStrategy?: QueuingStrategy<O>,
  );
  readonly readable: ReadableStream<O>;
  readonly writable: WritableStream<I>;
}

declare class TransformStreamDefaultController<O = any> {
  private constructor();
  readonly desiredSize: number | null;
  enqueue(chunk?: O): void;
  error(reason?: any): void;
  terminate(): void;
}

declare class CountQueuingStrategy {
  constructor(init: { highWaterMark: number });
  readonly highWaterMark: number;
  readonly size: (chunk?: any) => number;
}

declare class ByteLengthQueuingStrategy {
  constructor(init: { highWaterMark: number });
  readonly highWaterMark: number;
  readonly size: (chunk: ArrayBufferView | ArrayBuffer) => number;
}

declare class TextEncoderStream {
  constructor();
  readonly encoding: string;
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<string>;
}

declare class TextDecoderStream {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  readonly readable: ReadableStream<string>;
  readonly writable: WritableStream<BufferSource>;
}

type CompressionFormat = 'gzip' | 'deflate' | 'deflate-raw';

declare class CompressionStream {
  constructor(format: CompressionFormat);
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<BufferSource>;
}

declare class DecompressionStream {
  constructor(format: CompressionFormat);
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<BufferSource>;
}

interface WebSocketCloseInfo {
  closeCode?: number;
  reason?: string;
}

declare class WebSocketStream {
  constructor(url: string | URL, options?: WebSocketClientOptions);
  readonly url: string;
  readonly opened: Promise<{
    readable: ReadableStream<string | Uint8Array>;
    writable: WritableStream<string | BufferSource>;
    protocol: string;
    extensions: string;
  }>;
  readonly closed: Promise<{ closeCode: number; reason: string }>;
  close(info?: WebSocketCloseInfo): void;
}

declare class WebSocketError extends DOMException {
  constructor(message?: string, init?: WebSocketCloseInfo);
  readonly closeCode: number | null;
  readonly reason: string;
}

declare class Blob {
  constructor(parts?: BlobParts, options?: {
    type?: string;
    endings?: 'transparent' | 'native';
  });
  readonly size: number;
  readonly type: string;
  slice(start?: number, end?: number, type?: string): Blob;
  stream(): ReadableStream<Uint8Array>;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array>;
}

declare class File extends Blob {
  constructor(parts: BlobParts, name: string, options?: {
    type?: string;
    endings?: 'transparent' | 'native';
    lastModified?: number;
  });
  readonly name: string;
  readonly lastModified: number;
}

type HeadersInit = Headers | Iterable<Iterable<string>> | Record<string, string>;

declare class Headers {
  constructor(init?: HeadersInit);
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  getSetCookie(): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  forEach(
    callback: (value: string, name: string, headers: Headers) => void, receiver?: unknown,
  ): void;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  entries(): IterableIterator<[string, string]>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}

/** Beside these, what `fetch` takes: `tls`, `proxy`, `unix`, `timeouts` and the like. */
interface EventSourceInit {
  withCredentials?: boolean;
  headers?: HeadersInit;
  /** Makes the requests. */
  fetch?: (url: string, init: any) => Promise<Response>;
  [option: string]: unknown;
}

declare class EventSource extends EventTarget {
  constructor(url: string | URL, options?: EventSourceInit);
  static readonly CONNECTING: 0;
  static readonly OPEN: 1;
  static readonly CLOSED: 2;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;
  readonly url: string;
  readonly withCredentials: boolean;
  readonly readyState: 0 | 1 | 2;
  onopen: ((this: EventSource, event: Event) => void) | null;
  onmessage: ((this: EventSource, event: MessageEvent) => void) | null;
  onerror: ((this: EventSource, event: ErrorEvent) => void) | null;
  close(): void;
}

type FormDataEntryValue = string | File;

declare class FormData {
  constructor();
  append(name: string, value: unknown): void;
  append(name: string, value: Blob, filename?: string): void;
  delete(name: string): void;
  get(name: string): FormDataEntryValue | null;
  getAll(name: string): FormDataEntryValue[];
  has(name: string): boolean;
  set(name: string, value: unknown): void;
  set(name: string, value: Blob, filename?: string): void;
  forEach(
    callback: (value: FormDataEntryValue, name: string, form: FormData) => void, receiver?: unknown,
  ): void;
  keys(): IterableIterator<string>;
  values(): IterableIterator<FormDataEntryValue>;
  entries(): IterableIterator<[string, FormDataEntryValue]>;
  [Symbol.iterator](): IterableIterator<[string, FormDataEntryValue]>;
}

type BodyInit =
  string | ArrayBuffer | ArrayBufferView | Blob | FormData | URLSearchParams | ReadableStream;

interface Body {
  readonly body: ReadableStream<Uint8Array> | null;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
  blob(): Promise<Blob>;
  bytes(): Promise<Uint8Array>;
  formData(): Promise<FormData>;
  json(): Promise<any>;
  text(): Promise<string>;
}

interface ResponseInit {
  headers?: HeadersInit;
  status?: number;
  statusText?: string;
}

declare class Response implements Body {
  constructor(body?: BodyInit | null, init?: ResponseInit);
  static error(): Response;
  static json(data: unknown, init?: ResponseInit): Response;
  static redirect(url: string | URL, status?: number): Response;
  readonly type: 'basic' | 'default' | 'error' | 'opaqueredirect';
  readonly url: string;
  readonly redirected: boolean;
  readonly status: number;
  readonly ok: boolean;
  readonly statusText: string;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly bodyUsed: boolean;
  clone(): Response;
  arrayBuffer(): Promise<ArrayBuffer>;
  blob(): Promise<Blob>;
  bytes(): Promise<Uint8Array>;
  formData(): Promise<FormData>;
  json(): Promise<any>;
  text(): Promise<string>;
}

type RequestCache =
  'default' | 'no-store' | 'reload' | 'no-cache' | 'force-cache' | 'only-if-cached';
type RequestCredentials = 'omit' | 'same-origin' | 'include';
type RequestMode = 'navigate' | 'same-origin' | 'no-cors' | 'cors';
type RequestRedirect = 'follow' | 'error' | 'manual';
type ReferrerPolicy = '' | 'no-referrer' | 'no-referrer-when-downgrade' | 'same-origin' | 'origin'
  | 'strict-origin' | 'origin-when-cross-origin' | 'strict-origin-when-cross-origin' | 'unsafe-url';

interface RequestInit {
  body?: BodyInit | null;
  cache?: RequestCache;
  credentials?: RequestCredentials;
  duplex?: 'half';
  headers?: HeadersInit;
  integrity?: string;
  keepalive?: boolean;
  method?: string;
  mode?: RequestMode;
  priority?: 'high' | 'low' | 'auto';
  redirect?: RequestRedirect;
  referrer?: string;
  referrerPolicy?: ReferrerPolicy;
  signal?: AbortSignal | null;
  window?: null;
}

/** What `fetch` takes: the options of the standard, and the way to the server. */
interface FetchInit extends RequestInit {
  /** For `https:` URLs. */
  tls?: TlsClientOptions;
  /** A proxy, or `false` for none. By default, what the environment says. */
  proxy?: string | URL | false;
  /** The path of a Unix socket that the server listens at. */
  unix?: string;
  /** The address of this machine to connect from. */
  localAddress?: string;
  /** How long silence may last, in milliseconds; 0 is without end. */
  timeouts?: { connect?: number; headers?: number; body?: number };
  /** Whether contents in gzip, deflate, br and zstd are asked for and decoded. */
  decompress?: boolean;
}

/** Sends a request. It fails if there is no response: a TypeError whose `cause` says why. */
declare function fetch(input: string | URL | Request, init?: FetchInit): Promise<Response>;

declare class Request implements Body {
  constructor(input: string | URL | Request, init?: RequestInit);
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly destination: '';
  readonly referrer: string;
  readonly referrerPolicy: ReferrerPolicy;
  readonly mode: RequestMode;
  readonly credentials: RequestCredentials;
  readonly cache: RequestCache;
  readonly redirect: RequestRedirect;
  readonly integrity: string;
  readonly keepalive: boolean;
  readonly isReloadNavigation: boolean;
  readonly isHistoryNavigation: boolean;
  readonly signal: AbortSignal;
  readonly duplex: 'half';
  readonly body: ReadableStream<Uint8Array> | null;
  readonly bodyUsed: boolean;
  clone(): Request;
  arrayBuffer(): Promise<ArrayBuffer>;
  blob(): Promise<Blob>;
  bytes(): Promise<Uint8Array>;
  formData(): Promise<FormData>;
  json(): Promise<any>;
  text(): Promise<string>;
}

declare class TextEncoder {
  readonly encoding: 'utf-8';
  encode(text?: string): Uint8Array;
  encodeInto(text: string, into: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(data?: BufferSource, options?: { stream?: boolean }): string;
}

declare class URL {
  constructor(url: string | URL, base?: string | URL);
  static canParse(url: string | URL, base?: string | URL): boolean;
  static parse(url: string | URL, base?: string | URL): URL | null;
  static createObjectURL(blob: Blob): string;
  static revokeObjectURL(url: string): void;
  href: string;
  readonly origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  readonly searchParams: URLSearchParams;
  hash: string;
  toString(): string;
  toJSON(): string;
}

declare class URLSearchParams {
  constructor(
    init?: string | Record<string, string> | Iterable<readonly [string, string]> | URLSearchParams,
  );
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  set(name: string, value: string): void;
  sort(): void;
  toString(): string;
  forEach(call: (value: string, name: string, all: URLSearchParams) => void, self?: any): void;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  entries(): IterableIterator<[string, string]>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}

type URLPatternComponent =
  'protocol' | 'username' | 'password' | 'hostname' | 'port' | 'pathname' | 'search' | 'hash';
type URLPatternInit = Partial<Record<URLPatternComponent | 'baseURL', string>>;
type URLPatternResult = Record<
  URLPatternComponent, { input: string; groups: Record<string, string | undefined> }
> & { inputs: (string | URLPatternInit)[] };

declare class URLPattern {
  constructor(input: string, base: string, options?: { ignoreCase?: boolean });
  constructor(input?: string | URLPatternInit, options?: { ignoreCase?: boolean });
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly hasRegExpGroups: boolean;
  test(input?: string | URL | URLPatternInit, base?: string): boolean;
  exec(input?: string | URL | URLPatternInit, base?: string): URLPatternResult | null;
}

declare function atob(text: string): string;
declare function btoa(text: string): string;
declare function structuredClone<T>(value: T, options?: { transfer?: any[] }): T;
declare function queueMicrotask(callback: () => void): void;
/** Reports an exception as if nothing had caught it. */
declare function reportError(error: any): void;

// --- workers ---

/** What `postMessage` moves instead of copying. */
type Transferable = ArrayBuffer | MessagePort;

interface PostMessageOptions {
  transfer?: Transferable[];
}

/** The methods of Node.js, whose listeners get what an event carries. */
interface MessagePortListeners {
  message: [data: any];
  messageerror: [data: any];
  close: [];
}

declare class MessagePort extends EventTarget {
  private constructor();
  /** Starts the port when it is set. */
  onmessage: ((this: MessagePort, event: MessageEvent) => void) | null;
  onmessageerror: ((this: MessagePort, event: Event) => void) | null;
  /** The other end is closed. */
  onclose: ((this: MessagePort, event: Event) => void) | null;
  postMessage(message: any, transfer?: Transferable[] | PostMessageOptions): void;
  start(): void;
  close(): void;
  /** Lets the port keep the program alive while somebody listens. */
  ref(): void;
  unref(): void;
  /** Whether it keeps the program alive. */
  hasRef(): boolean;
  on<K extends keyof MessagePortListeners>(name: K, listener: (..._: MessagePortListeners[K]) => void): this;
  once<K extends keyof MessagePortListeners>(name: K, listener: (..._: MessagePortListeners[K]) => void): this;
  off(name: keyof MessagePortListeners, listener: (..._: any[]) => void): this;
  addListener<K extends keyof MessagePortListeners>(
    name: K, listener: (..._: MessagePortListeners[K]) => void,
  ): this;
  removeListener(name: keyof MessagePortListeners, listener: (..._: any[]) => void): this;
  removeAllListeners(name?: keyof MessagePortListeners): this;
  listenerCount(name: keyof MessagePortListeners): number;
}

declare class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
}

interface BroadcastChannelOptions {
  /** The channels of this name hear each other over the bus of this hub. */
  hub?: import('krandog:hub').Hub;
}

declare class BroadcastChannel extends EventTarget {
  constructor(name: string, options?: BroadcastChannelOptions);
  readonly name: string;
  onmessage: ((this: BroadcastChannel, event: MessageEvent) => void) | null;
  /** A message could not be read, or some were missed since too many waited. */
  onmessageerror: ((this: BroadcastChannel, event: Event) => void) | null;
  postMessage(message: any): void;
  close(): void;
  ref(): this;
  unref(): this;
}

interface WorkerOptions {
  type?: 'module';
  /** `self.name`, and what the worker is called in errors. */
  name?: string;
  /** What the worker finds as `workerData` of `worker_threads`. */
  workerData?: any;
  /** What moves with `workerData`. */
  transferList?: Transferable[];
  /** What stands behind the program in `process.argv`. */
  argv?: string[];
  /** Whether the first argument is the program itself. */
  eval?: boolean;
  /** Whether the worker keeps the program alive. */
  ref?: boolean;
  /** How often a loop may go around in one call. */
  maxLoopIterations?: number;
}

interface WorkerListeners {
  message: [data: any];
  messageerror: [data: any];
  error: [error: any];
  online: [];
  exit: [code: number];
}

declare class Worker extends EventTarget {
  constructor(url: string | URL, options?: WorkerOptions);
  /** -1 once it has ended. */
  readonly threadId: number;
  onmessage: ((this: Worker, event: MessageEvent) => void) | null;
  onmessageerror: ((this: Worker, event: Event) => void) | null;
  /** Nothing in the worker caught this; it ends. */
  onerror: ((this: Worker, event: ErrorEvent) => void) | null;
  /** It runs. */
  onopen: ((this: Worker, event: Event) => void) | null;
  /** It has ended, with the exit code `event.code`. */
  onclose: ((this: Worker, event: CloseEvent) => void) | null;
  postMessage(message: any, transfer?: Transferable[] | PostMessageOptions): void;
  /** Ends the worker before its next callback. The promise is for its exit code. */
  terminate(): Promise<number>;
  ref(): void;
  unref(): void;
  on<K extends keyof WorkerListeners>(name: K, listener: (..._: WorkerListeners[K]) => void): this;
  once<K extends keyof WorkerListeners>(name: K, listener: (..._: WorkerListeners[K]) => void): this;
  off(name: keyof WorkerListeners, listener: (..._: any[]) => void): this;
  addListener<K extends keyof WorkerListeners>(
    name: K, listener: (..._: WorkerListeners[K]) => void,
  ): this;
  removeListener(name: keyof WorkerListeners, listener: (..._: any[]) => void): this;
  removeAllListeners(name?: keyof WorkerListeners): this;
  listenerCount(name: keyof WorkerListeners): number;
}

declare class Navigator {
  private constructor();
  readonly hardwareConcurrency: number;
  readonly language: string;
  readonly languages: readonly string[];
  readonly platform: string;
  readonly userAgent: string;
}
declare var navigator: Navigator;

/** What a program can ask of the runtime itself. */
declare var krandog: {
  /** Which of the threads that run the program this one is. */
  readonly worker: {
    /** From 1 to `count`. */
    readonly id: number;
    /** Whether `id` is 1. */
    readonly isPrimary: boolean;
    /** 1 without `--workers`. */
    readonly count: number;
  };
};

// --- timers, console, process ---

type Emitter = import('events').EventEmitter;

interface Timer {
  /** Keeps the program alive while it is pending, as it does from the start. */
  ref(): this;
  unref(): this;
  hasRef(): boolean;
  refresh(): this;
  close(): this;
  [Symbol.toPrimitive](): number;
}

interface Immediate {
  ref(): this;
  unref(): this;
  hasRef(): boolean;
}

// The second form of each accepts callbacks that can be called without a value, such as the
// `resolve` of a promise.
declare function setTimeout<A extends any[]>(
  callback: (...values: A) => void, milliseconds?: number, ...values: A): Timer;
declare function setTimeout(callback: (_: void) => void, milliseconds?: number): Timer;
declare function setInterval<A extends any[]>(
  callback: (...values: A) => void, milliseconds?: number, ...values: A): Timer;
declare function setInterval(callback: (_: void) => void, milliseconds?: number): Timer;
declare function setImmediate<A extends any[]>(
  callback: (...values: A) => void, ...values: A): Immediate;
declare function setImmediate(callback: (_: void) => void): Immediate;
declare function clearTimeout(timer?: Timer | number | null): void;
declare function clearInterval(timer?: Timer | number | null): void;
declare function clearImmediate(immediate?: Immediate | null): void;

declare class Performance extends EventTarget {
  private constructor();
  readonly timeOrigin: number;
  now(): number;
  toJSON(): object;
  mark(name: string, options?: { startTime?: number; detail?: any }): PerformanceMark;
  measure(
    name: string,
    start?: string | number | {
      start?: string | number; end?: string | number; duration?: number; detail?: any;
    },
    end?: string | number,
  ): PerformanceMeasure;
  clearMarks(name?: string): void;
  clearMeasures(name?: string): void;
  getEntries(): PerformanceEntry[];
  getEntriesByName(name: string, type?: string): PerformanceEntry[];
  getEntriesByType(type: string): PerformanceEntry[];
  /** A function that tells observers of `function` how long each of its calls takes. */
  timerify<F extends (...values: any[]) => any>(fn: F, options?: { histogram?: { record(value: number): void } }): F;
  /** How much of the time the loop was busy, since the first call. */
  eventLoopUtilization(
    first?: { idle: number; active: number; utilization: number },
    second?: { idle: number; active: number; utilization: number },
  ): { idle: number; active: number; utilization: number };
}

declare class PerformanceEntry {
  protected constructor();
  readonly name: string;
  readonly entryType: string;
  readonly startTime: number;
  readonly duration: number;
  toJSON(): object;
}

declare class PerformanceMark extends PerformanceEntry {
  constructor(name: string, options?: { startTime?: number; detail?: any });
  readonly detail: any;
}

declare class PerformanceMeasure extends PerformanceEntry {
  private constructor();
  readonly detail: any;
}

declare class PerformanceObserverEntryList {
  private constructor();
  getEntries(): PerformanceEntry[];
  getEntriesByName(name: string, type?: string): PerformanceEntry[];
  getEntriesByType(type: string): PerformanceEntry[];
}

declare class PerformanceObserver {
  constructor(
    callback: (list: PerformanceObserverEntryList, observer: PerformanceObserver) => void,
  );
  static readonly supportedEntryTypes: string[];
  observe(options: { entryTypes: string[] } | { type: string; buffered?: boolean }): void;
  disconnect(): void;
  takeRecords(): PerformanceEntry[];
}
declare var performance: Performance;

interface Console {
  log(...values: any[]): void;
  info(...values: any[]): void;
  warn(...values: any[]): void;
  error(...values: any[]): void;
  debug(...values: any[]): void;
  trace(...values: any[]): void;
  assert(condition?: any, ...values: any[]): void;
  clear(): void;
  count(label?: string): void;
  countReset(label?: string): void;
  dir(value: any, options?: object): void;
  dirxml(...values: any[]): void;
  group(...values: any[]): void;
  groupCollapsed(...values: any[]): void;
  groupEnd(): void;
  table(rows: any, columns?: string[]): void;
  time(label?: string): void;
  timeEnd(label?: string): void;
  timeLog(label?: string, ...values: any[]): void;
}
declare var console: Console;
/** Node's name of `globalThis`. */
declare var global: typeof globalThis;

type NodeWritable = import('stream').Writable;
type NodeReadable = import('stream').Readable;

/** Standard output or error: a stream whose writes are done when they return. */
interface ProcessOutput extends NodeWritable {
  readonly fd: number;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  /** Writes at once, as UTF-8 where it is a string. */
  write: {
    (data: string | ArrayBufferView, callback?: (error?: Error | null) => void): boolean;
    (
      data: string | ArrayBufferView,
      encoding?: string,
      callback?: (error?: Error | null) => void,
    ): boolean;
  };
  destroySoon(error?: Error): this;
  getWindowSize(): [number, number] | undefined;
  /** Whether texts are coloured, or the terminal has so many colours. */
  hasColors(count?: number, env?: Record<string, string | undefined>): boolean;
  hasColors(env: Record<string, string | undefined>): boolean;
  /** These are there on a terminal. */
  clearLine?(direction: -1 | 0 | 1, callback?: () => void): boolean;
  clearScreenDown?(callback?: () => void): boolean;
  cursorTo?(x: number, y?: number, callback?: () => void): boolean;
  moveCursor?(dx: number, dy: number, callback?: () => void): boolean;
  /** Bits of a colour: 1, 4, 8 or 24. */
  getColorDepth?(env?: Record<string, string | undefined>): number;
}

/** Standard input. */
interface ProcessInput extends NodeReadable {
  readonly fd: 0;
  readonly isTTY?: boolean;
  readonly isRaw?: boolean;
  /** Has keys come one by one. On a terminal. */
  setRawMode?(raw: boolean): this;
  /** Whether the process lives while the script waits for input. */
  ref(): this;
  unref(): this;
  /** Lines without their line feeds. */
  lines(): AsyncGenerator<string, void, void>;
}

interface Process extends Emitter {
  readonly argv: string[];
  readonly argv0: string;
  readonly execArgv: string[];
  readonly execPath: string;
  readonly env: Record<string, string | undefined>;
  readonly platform: string;
  readonly arch: string;
  readonly pid: number;
  readonly ppid: number;
  readonly version: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly release: { name: string };
  exitCode: number | undefined;
  noDeprecation: boolean;
  throwDeprecation: boolean;
  traceDeprecation: boolean;
  _exiting: boolean;
  title: string;
  readonly stdin: ProcessInput;
  readonly stdout: ProcessOutput;
  readonly stderr: ProcessOutput;
  exit(code?: number): never;
  cwd(): string;
  chdir(directory: string): void;
  uptime(): number;
  nextTick<A extends any[]>(callback: (...values: A) => void, ...values: A): void;
  nextTick(callback: (_: void) => void): void;
  emitWarning(warning: string | Error, options?: string | object, code?: string): void;
  /** Sends a signal to a process, or to a group of them if `pid` is negative; 0 only asks. */
  kill(pid: number, signal?: string | number): true;
  abort(): void;
  /** Microseconds of processors. */
  cpuUsage(previous?: { user: number; system: number }): { user: number; system: number };
  resourceUsage(): Record<string, number>;
  constrainedMemory(): number;
  availableMemory(): number;
  /** The mask until now. */
  umask(mask?: number | string): number;
  getuid(): number;
  geteuid(): number;
  getgid(): number;
  getegid(): number;
  getgroups(): number[];
  getBuiltinModule(id: string): any;
  /** Sets the variables of a file that are not set yet. */
  loadEnvFile(path?: string | URL): void;
  setUncaughtExceptionCaptureCallback(callback: ((error: any) => void) | null): void;
  hasUncaughtExceptionCaptureCallback(): boolean;
  readonly features: Readonly<Record<string, boolean>>;
  readonly config: { target_defaults: object; variables: object };
  readonly allowedNodeEnvironmentFlags: Set<string>;
  /** With a channel to the process that has forked this one. */
  send?(message: any, callback?: (error: Error | null) => void): boolean;
  disconnect?(): void;
  connected?: boolean;
  channel?: { ref(): void; unref(): void } | null;
  /** Throws `ERR_FEATURE_UNAVAILABLE_ON_PLATFORM`, as those below. */
  binding(name: string): never;
  dlopen(module: object, path: string): never;
  setuid(id: number | string): never;
  seteuid(id: number | string): never;
  setgid(id: number | string): never;
  setegid(id: number | string): never;
  setgroups(groups: (number | string)[]): never;
  initgroups(user: number | string, group: number | string): never;
  hrtime: { (since?: [number, number]): [number, number]; bigint(): bigint };
  memoryUsage: {
    (): { rss: number; heapTotal: number; heapUsed: number; external: number; arrayBuffers: number };
    rss(): number;
  };
  on(name: 'exit' | 'beforeExit', listener: (code: number) => void): this;
  on(name: 'uncaughtException', listener: (error: any, origin: UncaughtOrigin) => void): this;
  on(name: 'unhandledRejection', listener: (reason: any, promise: Promise<any>) => void): this;
  on(name: 'warning', listener: (warning: Error) => void): this;
  on(name: Signal, listener: (name: Signal, number: number) => void): this;
  on(name: string | symbol, listener: (...values: any[]) => void): this;
  once(name: 'exit' | 'beforeExit', listener: (code: number) => void): this;
  once(name: 'uncaughtException', listener: (error: any, origin: UncaughtOrigin) => void): this;
  once(name: 'unhandledRejection', listener: (reason: any, promise: Promise<any>) => void): this;
  once(name: 'warning', listener: (warning: Error) => void): this;
  once(name: Signal, listener: (name: Signal, number: number) => void): this;
  once(name: string | symbol, listener: (...values: any[]) => void): this;
}
type UncaughtOrigin = 'uncaughtException' | 'unhandledRejection';
/** The signals that a script can listen for. */
type Signal =
  'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGUSR1' | 'SIGUSR2' | 'SIGWINCH' | 'SIGCONT' | 'SIGQUIT' | 'SIGTRAP'
  | 'SIGABRT' | 'SIGBUS' | 'SIGPIPE' | 'SIGALRM' | 'SIGCHLD' | 'SIGTSTP' | 'SIGTTIN' | 'SIGTTOU' | 'SIGURG'
  | 'SIGVTALRM' | 'SIGIO' | 'SIGSYS';
declare var process: Process;

interface ImportMeta {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
  /** Whether this module is the program itself. */
  readonly main: boolean;
  /** The URL of what an import of `specifier` would find. Throws `ERR_MODULE_NOT_FOUND`. */
  resolve(specifier: string): string;
}
declare var __filename: string;
declare var __dirname: string;

// --- modules ---

declare module 'https' {
  import { Agent as HttpAgent, Server as HttpServer, request as httpRequest } from 'http';
  import type { Handler, ServerOptions, TlsServerOptions } from 'http';

  export class Server extends HttpServer {
    /** With the certificate of `krandog --tls-self-signed`. */
    constructor(handler?: Handler);
    constructor(options: ServerOptions & TlsServerOptions, handler?: Handler);
  }

  export function createServer(handler?: Handler): Server;
  export function createServer(options: ServerOptions & TlsServerOptions, handler?: Handler): Server;

  export class Agent extends HttpAgent {}
  export const request: typeof httpRequest;
  export const get: typeof httpRequest;

  const https: {
    Server: typeof Server;
    createServer: typeof createServer;
    request: typeof request;
    get: typeof get;
    Agent: typeof Agent;
    readonly globalAgent: Agent;
  };
  export default https;
}

declare module 'krandog:frame' {
  import { Server, ServerOptions } from 'http';

  type Payload = string | BufferSource | Blob;

  export const OPCODE: Readonly<
    Record<'CONTINUATION' | 'TEXT' | 'BINARY' | 'CLOSE' | 'PING' | 'PONG', number>
  >;
  export const CLOSE_CODE: Readonly<Record<
    'NORMAL' | 'GOING_AWAY' | 'PROTOCOL_ERROR' | 'UNSUPPORTED' | 'NO_STATUS' | 'ABNORMAL'
    | 'INVALID_DATA' | 'POLICY_VIOLATION' | 'MESSAGE_TOO_BIG' | 'EXTENSION_REQUIRED'
    | 'INTERNAL_ERROR' | 'SERVICE_RESTART' | 'TRY_AGAIN_LATER' | 'BAD_GATEWAY' | 'TLS_HANDSHAKE',
    number
  >>;
  /** Limits and defaults of krandog, in bytes, milliseconds or as a count. */
  export const LIMITS: Readonly<Record<
    'HEADER_MAX' | 'CONTROL_PAYLOAD_MAX' | 'CLOSE_REASON_MAX' | 'SERVER_MAX_PAYLOAD'
    | 'CLIENT_MAX_PAYLOAD' | 'MAX_FRAGMENTS' | 'SERVER_MAX_BACKPRESSURE'
    | 'CLIENT_MAX_BACKPRESSURE' | 'MAX_PENDING' | 'MESSAGE_KEY_MAX' | 'READ_BUFFER'
    | 'REQUEST_HEAD_MAX' | 'REQUEST_FIELDS_MAX' | 'PINGS_OUTSTANDING_MAX' | 'ROOM_NAME_MAX'
    | 'PING_INTERVAL_MS' | 'CLIENT_PING_INTERVAL_MS' | 'PONG_TIMEOUT_MS' | 'CLOSE_TIMEOUT_MS'
    | 'HANDSHAKE_TIMEOUT_MS',
    number
  >>;

  export interface FrameFields {
    /** 0 to 15. */
    opcode: number;
    payload?: Payload;
    /** True. */
    fin?: boolean;
    rsv1?: boolean;
    rsv2?: boolean;
    rsv3?: boolean;
    /** Four bytes, or null: the payload is given as it is. */
    maskKey?: Uint8Array | null;
  }

  /** One frame, as it is or as it should not be. */
  export class Frame {
    constructor(fields: FrameFields);
    static text(text?: string, bits?: { fin?: boolean }): Frame;
    static binary(data?: Payload, bits?: { fin?: boolean }): Frame;
    static continuation(data?: Payload, bits?: { fin?: boolean }): Frame;
    static ping(data?: Payload): Frame;
    static pong(data?: Payload): Frame;
    static close(code?: number, reason?: string): Frame;
    opcode: number;
    /** Never masked. */
    payload: Uint8Array;
    fin: boolean;
    rsv1: boolean;
    rsv2: boolean;
    rsv3: boolean;
    maskKey: Uint8Array | null;
    readonly masked: boolean;
    readonly name: 'continuation' | 'text' | 'binary' | 'close' | 'ping' | 'pong' | 'reserved';
    readonly isContinuation: boolean;
    readonly isText: boolean;
    readonly isBinary: boolean;
    readonly isClose: boolean;
    readonly isPing: boolean;
    readonly isPong: boolean;
    readonly isControl: boolean;
    readonly isData: boolean;
    readonly payloadText: string;
    /** 1005 where there is none. */
    readonly closeCode: number;
    readonly closeReason: string;
    /** `mask` is true for a random key, or false, or a key: `maskKey`, if there is one. */
    encode(options?: { mask?: boolean | Uint8Array }): Uint8Array<ArrayBuffer>;
  }

  export interface FrameDecoderOptions {
    /** Bytes of one frame: 1 MiB. */
    maxPayload?: number;
    /** Whether frames are to be masked, as those of clients are. Both are taken. */
    masked?: boolean;
    /** Whether rsv1 may be set, as with permessage-deflate: false. */
    rsv1?: boolean;
  }

  /** What a decoder throws: the fault of whoever has sent the bytes. */
  export interface FrameError extends Error {
    code: 'ERR_WEBSOCKET_FRAME';
    /** The close code that it earns. */
    closeCode: number;
    /** What came before it. */
    frames: Frame[];
  }

  export class FrameDecoder {
    constructor(options?: FrameDecoderOptions);
    /** The frames that are whole with these bytes. */
    push(bytes: BufferSource): Frame[];
  }

  export class FrameEncoder {
    constructor(options?: { mask?: boolean });
    /** Throws if a peer would not take the frame after those before it. */
    encode(frame: Frame): Uint8Array<ArrayBuffer>;
  }

  export interface OpeningRequest {
    method?: string;
    httpVersion?: string;
    headers: object | Iterable<readonly [string, string]>;
  }

  export type RequestCheck =
    | { ok: true; key: string; accept: string; protocols: string[] }
    | { ok: false; status: number; message: string; headers: Record<string, string> };

  /** `Sec-WebSocket-Accept` for a `Sec-WebSocket-Key`. */
  export function acceptKey(key: string): string;
  /** Whether a request asks for a WebSocket, well-formed or not. */
  export function isUpgradeRequest(req: OpeningRequest): boolean;
  /** What an opening handshake asks for, or how to refuse it. */
  export function validateRequest(req: OpeningRequest): RequestCheck;
  /** A server that sends every message back. */
  export function runEcho(port?: number, options?: ServerOptions): Promise<Server>;

  const frame: {
    OPCODE: typeof OPCODE;
    CLOSE_CODE: typeof CLOSE_CODE;
    LIMITS: typeof LIMITS;
    Frame: typeof Frame;
    FrameDecoder: typeof FrameDecoder;
    FrameEncoder: typeof FrameEncoder;
    acceptKey: typeof acceptKey;
    isUpgradeRequest: typeof isUpgradeRequest;
    validateRequest: typeof validateRequest;
    runEcho: typeof runEcho;
  };
  export default frame;
}

declare module 'krandog:hub' {
  import { EventEmitter } from 'events';

  /** Limits. `join`, `subscribe`, `relay` and `tap` throw a `RangeError` beyond them. */
  export interface HubOptions {
    /** Rooms that are occupied at one time: 100 000. */
    maxRooms?: number;
    /** Rooms and patterns of one socket: 1000. */
    maxRoomsPerSocket?: number;
    /** Sockets in one room: 50 000. */
    maxMembers?: number;
    /** Patterns that are subscribed to: 1000. */
    maxPatterns?: number;
    /** Patterns of one socket: 100. */
    maxPatternsPerSocket?: number;
    /** Bytes of a name, in UTF-8: 256. */
    maxNameLength?: number;
    /**
     * Hubs that name the same bus hear each other: any name in this process, or the URL of a broker
     * beyond it, such as `redis://user:password@host:6379`.
     */
    bus?: string;
  }

  /** A WebSocket, the `id` of one, or the name of a room. */
  export type Whom = WebSocket | number | string;
  export type Data = string | ArrayBufferLike | ArrayBufferView | Blob;

  export interface PublishOptions {
    /** Who is left out. */
    except?: Whom | readonly Whom[];
    /** Whether to compress it, where that was agreed on; otherwise its size decides. */
    compress?: boolean;
    /** Takes the place of a message with this key, where one waits for a slow peer. */
    key?: string;
    /** Whether it stays with the WebSockets of this worker, and does not go over the bus: false. */
    local?: boolean;
  }

  export interface PublishResult {
    /** WebSockets of this process for which it is queued. */
    sent: number;
    /** Those that do not get it: they are closing, or their peers read too slowly. */
    dropped: number;
    /** Whether other hubs were handed it, whose WebSockets are not counted. */
    forwarded: boolean;
  }

  /** Messages of other processes may have been lost. */
  export interface Gap {
    /** In this room; null: in any. */
    room: string | null;
    /** Those of this node; null: of any. */
    node: string | null;
    /** The numbers that the node has given them, as far as they are known. */
    from: number | null;
    to: number | null;
    /**
     * `'reconnect'`: the broker was away from here. `'sequence'`: a number is missing. `'dropped'`:
     * too much waited at the node. `'many'`: more gaps than are told one by one.
     */
    reason: 'reconnect' | 'sequence' | 'dropped' | 'many';
    /** Milliseconds for which the broker was away, where that is the reason. */
    away: number | null;
  }

  /** The bus of a hub is there, or not. */
  export interface BusState {
    connected: boolean;
    code?: string;
    message?: string;
    /** Milliseconds until it is tried again; null: it is there, and refuses something. */
    retryIn?: number | null;
  }

  export interface RelayOptions {
    /** Whether the sender gets its own messages: `'self'` leaves it out. */
    except?: 'self' | 'none';
    transform?: 'none';
    /** Messages a second; more are refused. */
    rate?: number;
    /** Bytes; larger messages are refused. */
    maxPayload?: number;
  }

  export interface RelayInfo {
    room: string;
    /** Messages that went to the room, and their bytes. */
    messages: number;
    bytes: number;
    /** Receivers, of all messages together. */
    sent: number;
    dropped: number;
    /** Messages that were too large or too many. */
    refused: number;
  }

  export interface TapOptions {
    /** The part of messages to see, above 0 and up to 1: all of them. */
    sample?: number;
  }

  /** What has passed at one end of a bus. */
  export interface BusCounters {
    /** False while the broker is away; hubs of one program reach each other always. */
    connected: boolean;
    /** Other hubs on it. */
    peers: number;
    /** Messages that others took, counted once for each of them. */
    sent: number;
    sentBytes: number;
    received: number;
    receivedBytes: number;
    /** Messages that others had no room for. */
    dropped: number;
    /** What has come and is still to be handed to sockets. */
    waiting: number;
    waitingBytes: number;
  }

  /** Rooms of WebSockets. What it tells is about this thread, but for `size` and `has`. */
  export class Hub extends EventEmitter {
    constructor(options?: HubOptions);
    /** True if the socket is new there; false if it was there, or is not open. */
    join(ws: WebSocket, room: string): boolean;
    /** True if it was there. Without a room it leaves all, and its patterns. */
    leave(ws: WebSocket, room?: string): boolean;
    inRoom(ws: WebSocket, room: string): boolean;
    /** The names of a socket's rooms, or of all rooms. */
    rooms(ws?: WebSocket): string[];
    /** How many members a room has, in all hubs of the process that share a bus. */
    size(room: string): number;
    has(room: string): boolean;
    members(room: string): WebSocket[];
    /** What has passed over the bus; null without one. */
    readonly bus: BusCounters | null;
    /** The open WebSocket of this hub with that `id`. */
    get(id: number): WebSocket | undefined;
    /** Hears all rooms whose names match: `*` is one part of a name, `**` is anything. */
    subscribe(ws: WebSocket, pattern: string): boolean;
    unsubscribe(ws: WebSocket, pattern: string): boolean;
    patterns(ws: WebSocket): string[];
    publish(room: string, data: Data, options?: PublishOptions): PublishResult;
    /** To every WebSocket of the hub's servers and rooms. */
    broadcast(data: Data, options?: PublishOptions): PublishResult;
    send(id: number | WebSocket, data: Data, options?: PublishOptions): PublishResult;
    /** As `ws.relay`, for any socket. */
    relay(ws: WebSocket, room: string | null, options?: RelayOptions): boolean;
    /** Looks at what rules send to a room. Returns a function that ends the tap. */
    tap(
      room: string,
      fn: (data: any, facts: { room: string; ws: WebSocket }) => unknown,
      options?: TapOptions,
    ): () => boolean;
    on(
      name: 'occupied' | 'vacated',
      listener: (room: string, facts: { local: boolean }) => void,
    ): this;
    on(name: 'gap', listener: (gap: Gap) => void): this;
    on(name: 'bus', listener: (state: BusState) => void): this;
    on(name: string | symbol, listener: (...values: any[]) => void): this;
    once(
      name: 'occupied' | 'vacated',
      listener: (room: string, facts: { local: boolean }) => void,
    ): this;
    once(name: string | symbol, listener: (...values: any[]) => void): this;
  }

  const hub: { Hub: typeof Hub };
  export default hub;
}

declare module 'krandog:redis' {
  import { EventEmitter } from 'events';

  export type Argument = string | number | bigint | ArrayBuffer | ArrayBufferView;
  export type Given =
    | Argument
    | readonly Given[]
    | ReadonlyMap<Argument, Argument>
    | ReadonlySet<Argument>
    | { [field: string]: Argument };

  export interface RedisOptions {
    username?: string;
    password?: string;
    /** The number of the database: 0. */
    db?: number;
    /** What the connection is called in CLIENT LIST: krandog. */
    name?: string;
    /** How TLS is spoken, of a `rediss:` URL. */
    tls?: TlsClientOptions;
    /** Milliseconds until the server has answered: 10 000. */
    connectTimeout?: number;
    /** Milliseconds of silence after which the server is asked whether it is there: 10 000. */
    pingInterval?: number;
    /** Bytes of commands that may wait: 16 MiB. */
    maxQueueBytes?: number;
    /** Whether maps and sets are `Map` and `Set`, and not objects and arrays: false. */
    maps?: boolean;
  }

  export type Listener = (message: string, channel: string) => void;
  export type Result = [error: Error, reply: undefined] | [error: null, reply: any];

  export type CommandName =
    | 'acl' | 'append' | 'bgrewriteaof' | 'bgsave' | 'bitcount' | 'bitfield' | 'bitfield_ro'
    | 'bitop' | 'bitpos' | 'blmove' | 'blmpop' | 'blpop' | 'brpop' | 'brpoplpush' | 'bzmpop'
    | 'bzpopmax' | 'bzpopmin' | 'client' | 'cluster' | 'command' | 'config' | 'copy' | 'dbsize'
    | 'debug' | 'decr' | 'decrby' | 'del' | 'dump' | 'echo' | 'eval' | 'eval_ro' | 'evalsha'
    | 'evalsha_ro' | 'exists' | 'expire' | 'expireat' | 'expiretime' | 'failover' | 'fcall'
    | 'fcall_ro' | 'flushall' | 'flushdb' | 'function' | 'geoadd' | 'geodist' | 'geohash' | 'geopos'
    | 'georadius' | 'georadius_ro' | 'georadiusbymember' | 'georadiusbymember_ro' | 'geosearch'
    | 'geosearchstore' | 'get' | 'getbit' | 'getdel' | 'getex' | 'getrange' | 'getset' | 'hdel'
    | 'hexists' | 'hget' | 'hgetall' | 'hincrby' | 'hincrbyfloat' | 'hkeys' | 'hlen' | 'hmget'
    | 'hmset' | 'hrandfield' | 'hscan' | 'hset' | 'hsetnx' | 'hstrlen' | 'hvals' | 'incr' | 'incrby'
    | 'incrbyfloat' | 'info' | 'keys' | 'lastsave' | 'latency' | 'lcs' | 'lindex' | 'linsert'
    | 'llen' | 'lmove' | 'lmpop' | 'lolwut' | 'lpop' | 'lpos' | 'lpush' | 'lpushx' | 'lrange'
    | 'lrem' | 'lset' | 'ltrim' | 'memory' | 'mget' | 'migrate' | 'module' | 'move' | 'mset'
    | 'msetnx' | 'object' | 'persist' | 'pexpire' | 'pexpireat' | 'pexpiretime' | 'pfadd'
    | 'pfcount' | 'pfmerge' | 'ping' | 'psetex' | 'pttl' | 'publish' | 'pubsub' | 'randomkey'
    | 'readonly' | 'readwrite' | 'rename' | 'renamenx' | 'replicaof' | 'restore' | 'role' | 'rpop'
    | 'rpoplpush' | 'rpush' | 'rpushx' | 'sadd' | 'save' | 'scan' | 'scard' | 'script' | 'sdiff'
    | 'sdiffstore' | 'select' | 'set' | 'setbit' | 'setex' | 'setnx' | 'setrange' | 'shutdown'
    | 'sinter' | 'sintercard' | 'sinterstore' | 'sismember' | 'slaveof' | 'slowlog' | 'smembers'
    | 'smismember' | 'smove' | 'sort' | 'sort_ro' | 'spop' | 'spublish' | 'srandmember' | 'srem'
    | 'sscan' | 'strlen' | 'substr' | 'sunion' | 'sunionstore' | 'swapdb' | 'time' | 'touch' | 'ttl'
    | 'type' | 'unlink' | 'unwatch' | 'wait' | 'watch' | 'xack' | 'xadd' | 'xautoclaim' | 'xclaim'
    | 'xdel' | 'xgroup' | 'xinfo' | 'xlen' | 'xpending' | 'xrange' | 'xread' | 'xreadgroup'
    | 'xrevrange' | 'xsetid' | 'xtrim' | 'zadd' | 'zcard' | 'zcount' | 'zdiff' | 'zdiffstore'
    | 'zincrby' | 'zinter' | 'zintercard' | 'zinterstore' | 'zlexcount' | 'zmpop' | 'zmscore'
    | 'zpopmax' | 'zpopmin' | 'zrandmember' | 'zrange' | 'zrangebylex' | 'zrangebyscore'
    | 'zrangestore' | 'zrank' | 'zrem' | 'zremrangebylex' | 'zremrangebyrank' | 'zremrangebyscore'
    | 'zrevrange' | 'zrevrangebylex' | 'zrevrangebyscore' | 'zrevrank' | 'zscan' | 'zscore'
    | 'zunion' | 'zunionstore';

  type Called<R> = { [Name in CommandName | `${CommandName}Buffer`]: (...given: Given[]) => R };

  export interface Redis extends Called<Promise<any>> {}

  /** A client of Redis: commands are methods. */
  export class Redis extends EventEmitter {
    constructor(url?: string, options?: RedisOptions);
    readonly status: 'connecting' | 'ready' | 'reconnecting' | 'end';
    readonly connected: boolean;
    connect(): Promise<this>;
    send(command: string, ...given: Given[]): Promise<any>;
    call(command: string, ...given: Given[]): Promise<any>;
    sendBuffer(command: string, ...given: Given[]): Promise<any>;
    callBuffer(command: string, ...given: Given[]): Promise<any>;
    pipeline(commands?: Iterable<[string, ...Given[]]>): Pipeline;
    multi(commands?: Iterable<[string, ...Given[]]>): Pipeline;
    subscribe(...channels: (string | readonly string[] | Listener)[]): Promise<number>;
    psubscribe(...patterns: (string | readonly string[] | Listener)[]): Promise<number>;
    ssubscribe(...channels: (string | readonly string[] | Listener)[]): Promise<number>;
    unsubscribe(...channels: (string | readonly string[] | Listener)[]): Promise<number>;
    punsubscribe(...patterns: (string | readonly string[] | Listener)[]): Promise<number>;
    sunsubscribe(...channels: (string | readonly string[] | Listener)[]): Promise<number>;
    messages(
      ...channels: (string | readonly string[])[]
    ): AsyncGenerator<{ channel: string; message: string }, void, void>;
    duplicate(options?: RedisOptions): Redis;
    quit(): Promise<'OK'>;
    close(): Promise<'OK'>;
    disconnect(): void;
    ref(): this;
    unref(): this;
    [Symbol.asyncDispose](): Promise<'OK'>;
  }

  export interface Pipeline extends Called<Pipeline> {
    readonly length: number;
    call(command: string, ...given: Given[]): this;
    callBuffer(command: string, ...given: Given[]): this;
    discard(): this;
    exec(): Promise<Result[] | null>;
  }

  export { Redis as RedisClient };
  /** A client that is connected; rejects if the first try fails. */
  export function connect(url?: string, options?: RedisOptions): Promise<Redis>;
  export default Redis;
}

declare module 'krandog:history' {
  import { Hub, PublishOptions, PublishResult } from 'krandog:hub';

  export interface Position {
    /** Which history of the room is meant. */
    epoch: string;
    /** How many messages there have been in it. */
    offset: number;
  }

  export interface HistoryOptions {
    /** Of a room: 100. */
    messages?: number;
    /** Milliseconds that a message is kept: 300 000. */
    age?: number;
    /** Of a room, where a character of a text counts as two: 256 KiB. */
    bytes?: number;
    /** Of all rooms: 64 MiB. */
    totalBytes?: number;
    /** 10 000. */
    rooms?: number;
    /** What is sent for some data: `{ room, epoch, offset, data }` as JSON. */
    encode?(data: any, facts: Position & { room: string }): string | BufferSource | Blob;
  }

  /** `lost`: not all that was missed is there. `fresh`: no position was named. */
  export type Status = 'recovered' | 'lost' | 'fresh';

  /** The latest messages of rooms. */
  export class History {
    constructor(hub: Hub, options?: HistoryOptions);
    /** How many rooms it knows. */
    readonly rooms: number;
    /** How many bytes it keeps. */
    readonly bytes: number;
    publish(room: string, data: any, options?: PublishOptions): PublishResult & Position;
    /** Joins, and sends what was missed; or the last few messages if that is not known. */
    join(
      ws: WebSocket,
      room: string,
      options?: { since?: unknown; last?: number },
    ): Position & { status: Status; sent: number };
    /** What came after a position, which may be anything that a peer has sent. */
    since(
      room: string,
      position: unknown,
    ): Position & { status: Status; messages: (string | BufferSource | Blob)[] };
    position(room: string): Position;
    /** True if there was anything to forget. */
    clear(room: string): boolean;
  }

  const history: { History: typeof History };
  export default history;
}

declare module 'krandog:history/redis' {
  import { History, HistoryOptions, Position } from 'krandog:history';
  import { Hub, PublishOptions } from 'krandog:hub';
  import { Redis } from 'krandog:redis';

  export interface RedisHistoryOptions {
    /** Of a room: 100. */
    messages?: number;
    /** Milliseconds that a room is kept after its last message: 300 000. */
    age?: number;
    /** Rooms of which this process knows the epoch: 10 000. */
    rooms?: number;
    /** What the names of streams begin with: krandog. */
    prefix?: string;
    encode?: HistoryOptions['encode'];
  }

  /** History in streams of Redis, for several processes: all answers are promises. */
  export class RedisHistory {
    constructor(hub: Hub, redis: Redis, options?: RedisHistoryOptions);
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

  const history: { RedisHistory: typeof RedisHistory };
  export default history;
}

declare module 'krandog:presence' {
  import { EventEmitter } from 'events';
  import { Hub } from 'krandog:hub';

  export interface PresenceOptions {
    /** Milliseconds that a user may be without a socket: 5000. */
    grace?: number;
    /** Of a room: 10 000. */
    maxMembers?: number;
    /** Characters: 256. */
    maxIdLength?: number;
    /** What others on the bus of the hub know it by: that it is the first without a name, or the second. */
    name?: string;
    /** Milliseconds between two signs of life to those on the bus: 5000. */
    heartbeat?: number;
  }

  export interface Member {
    id: string;
    /** JSON, if it has come over a bus. */
    info: any;
    /** When the user came, as `Date.now()`. */
    since: number;
    /** How many there are, everywhere; 0 for a user who may come back. */
    sockets: number;
  }

  /** Which users are in which room, with those on the bus of the hub. */
  export class Presence extends EventEmitter {
    constructor(hub: Hub, options?: PresenceOptions);
    /** Joins the room of the hub too. True if nobody was there for that user. */
    join(ws: WebSocket, room: string, id: string, info?: any): boolean;
    /** Leaves the room of the hub too. True if that was the user's last socket there. */
    leave(ws: WebSocket, room: string): boolean;
    /** Other facts about a user. True if the socket is there. */
    update(ws: WebSocket, room: string, info: any): boolean;
    members(room: string): Member[];
    get(room: string, id: string): Member | undefined;
    has(room: string, id: string): boolean;
    count(room: string): number;
    /** The rooms of a socket, or all. */
    rooms(ws?: WebSocket): string[];
    /** Says goodbye to those on the bus, and forgets their users. */
    close(): void;
    on(
      name: 'join' | 'update' | 'leave',
      listener: (room: string, member: Member) => void,
    ): this;
    on(name: string | symbol, listener: (...values: any[]) => void): this;
    once(
      name: 'join' | 'update' | 'leave',
      listener: (room: string, member: Member) => void,
    ): this;
    once(name: string | symbol, listener: (...values: any[]) => void): this;
  }

  const presence: { Presence: typeof Presence };
  export default presence;
}

declare module 'krandog:cookies' {
  /** A request or its headers, or the text of a `Cookie` field. */
  export type CookieSource =
    | string
    | null
    | undefined
    | { readonly headers: unknown }
    | { get(name: string): string | null | undefined }
    | { readonly cookie?: string };

  export interface CookieOptions {
    /** `'/'`; null for that of the request. */
    path?: string | null;
    /** This host alone. */
    domain?: string | null;
    /** Seconds, up to 400 days; 0 takes the cookie away. */
    maxAge?: number;
    expires?: Date | number;
    httpOnly?: boolean;
    secure?: boolean;
    /** `'lax'` */
    sameSite?: 'strict' | 'lax' | 'none' | null;
    partitioned?: boolean;
    /** Whether the value is percent-encoded: true. */
    encode?: boolean;
  }

  /** The first of several cookies of one name counts. */
  export function parseCookies(
    from: CookieSource,
    options?: { decode?: boolean },
  ): Record<string, string>;

  /** The value of a `Set-Cookie` field. Throws for what browsers would ignore. */
  export function cookie(name: string, value: string | number, options?: CookieOptions): string;

  /** Signs with the first of its keys, of 32 bytes or more, and knows what any of them has signed. */
  export class CookieSigner {
    constructor(keys: string | BufferSource | readonly (string | BufferSource)[]);
    cookie(name: string, value: string | number, options?: CookieOptions): string;
    sign(name: string, value: string): string;
    verify(name: string, text: unknown): string | undefined;
    read(from: CookieSource, name: string): string | undefined;
  }

  const cookies: {
    CookieSigner: typeof CookieSigner;
    cookie: typeof cookie;
    parseCookies: typeof parseCookies;
  };
  export default cookies;
}

declare module 'krandog:files' {
  import type { HttpRequest, Reply } from 'http';

  export interface FilesOptions {
    /** What is shown of a folder: `'index.html'`. */
    index?: string | false;
    /** What is shown where nothing is, to whoever accepts `text/html`. */
    fallback?: string | false;
    dotfiles?: boolean;
    listing?: boolean;
    /** Whether `a.br` and `a.gz` are sent for `a`: true. */
    precompressed?: boolean;
    /** Seconds. */
    maxAge?: number;
    immutable?: boolean;
    headers?: Readonly<Record<string, string | number | null | undefined>>;
  }

  /** A handler. Its second argument is the path of a file, or what is called where there is none. */
  export type FilesHandler = (
    req: HttpRequest,
    more?: string | (() => any),
  ) => Reply | undefined | Promise<Reply | undefined>;

  /** Shows what is in a folder, or one file. */
  export function files(root: string | URL, options?: FilesOptions): FilesHandler & ((req: any) => any);

  const all: { files: typeof files };
  export default all;
}

declare module 'krandog:sse' {
  /** An event that is text already. */
  export interface SseEvent {
    toString(): string;
  }

  export interface EventFields {
    /** Text, or what is sent as JSON. */
    data?: unknown;
    event?: string;
    id?: string | number;
    /** Milliseconds. */
    retry?: number;
    comment?: string;
  }

  export type EventSourceOf = AsyncIterable<any> | Iterable<any>;

  export interface SseOptions {
    /** Milliseconds of silence before a comment; 0 is never: 15 000. */
    keepAlive?: number;
    /** Milliseconds that a client waits before it comes back. */
    retry?: number;
    headers?: Readonly<Record<string, string | number | null | undefined>>;
  }

  /** A reply that sends each thing that a source yields as an event. */
  export function sse(
    source:
      | EventSourceOf
      | ((request: { lastEventId: string | undefined; signal: AbortSignal }) => EventSourceOf),
    options?: SseOptions,
  ): { status: number; headers: Record<string, any>; body: AsyncIterable<string> };

  /** An event for many clients. */
  export function event(value: unknown): SseEvent;

  const all: { event: typeof event; sse: typeof sse };
  export default all;
}

declare module 'krandog:rpc' {
  export interface RpcFacts {
    /** Aborted when the call was called off, or the socket has closed. */
    signal: AbortSignal;
    rpc: Rpc;
    ws: WebSocket;
  }

  /** What it returns, or what its promise resolves with, has to be JSON. */
  export type RpcMethod = (params: any, facts: RpcFacts) => unknown;

  export interface RpcOptions {
    methods?: Readonly<Record<string, RpcMethod>>;
    /** Milliseconds for a call, without an end if it is 0: 30 000. */
    timeout?: number;
    /** Calls that wait for an answer: 1000. */
    maxPending?: number;
    /** Methods at work, and messages of a batch: 100. */
    maxRunning?: number;
  }

  /** One end of a socket that speaks JSON-RPC 2.0. */
  export class Rpc {
    constructor(ws: WebSocket, options?: RpcOptions);
    readonly ws: WebSocket;
    /** Calls that wait for an answer. */
    readonly pending: number;
    /** Methods at work. */
    readonly running: number;
    call(
      method: string,
      params?: readonly unknown[] | object | null,
      options?: { timeout?: number; signal?: AbortSignal },
    ): Promise<any>;
    /** True if it was sent, or will be. */
    notify(method: string, params?: readonly unknown[] | object | null): boolean;
    /** Says what a method does; null takes it away. */
    handle(name: string, method: RpcMethod | null): this;
    /** Takes a message that has come on another way. False if it is none of JSON-RPC. */
    receive(data: unknown): boolean;
  }

  /** `code` is a number where the other side has answered with an error. */
  export class RpcError extends Error {
    static PARSE_ERROR: -32700;
    static INVALID_REQUEST: -32600;
    static METHOD_NOT_FOUND: -32601;
    static INVALID_PARAMS: -32602;
    static INTERNAL_ERROR: -32603;
    static BUSY: -32000;
    static CANCELLED: -32800;
    constructor(code: number | string, message: string, data?: unknown);
    code: number | string;
    data?: unknown;
  }

  const rpc: { Rpc: typeof Rpc; RpcError: typeof RpcError };
  export default rpc;
}

type BlobClass = typeof Blob;
type FileClass = typeof File;
declare module 'buffer' {
  const buffer: BufferConstructor;
  type buffer = InstanceType<BufferConstructor>;
  const blob: BlobClass;
  type blob = InstanceType<BlobClass>;
  const file: FileClass;
  type file = InstanceType<FileClass>;
  const decodeBase64: typeof atob;
  const encodeBase64: typeof btoa;
  export { buffer as Buffer, blob as Blob, file as File, decodeBase64 as atob, encodeBase64 as btoa };
  export const INSPECT_MAX_BYTES: number;
  export const kMaxLength: number;
  export const kStringMaxLength: number;
  export const constants: { readonly MAX_LENGTH: number; readonly MAX_STRING_LENGTH: number };
  export function isUtf8(input: ArrayBufferLike | ArrayBufferView): boolean;
  export function isAscii(input: ArrayBufferLike | ArrayBufferView): boolean;
  /** From one encoding to another; what the second one lacks becomes `?`. */
  export function transcode(source: Uint8Array, fromEncoding: string, toEncoding: string): Buffer;
  const all: {
    Buffer: BufferConstructor; Blob: BlobClass; File: FileClass; INSPECT_MAX_BYTES: number;
    atob: typeof atob; btoa: typeof btoa; constants: typeof constants; isAscii: typeof isAscii;
    isUtf8: typeof isUtf8; kMaxLength: number; kStringMaxLength: number; transcode: typeof transcode;
  };
  export default all;
}

type CryptoClass = Crypto;
type SubtleCryptoClass = SubtleCrypto;
type CryptoKeyOfWeb = CryptoKey;
/** An algorithm of Web Cryptography: its name, or an object with that and parameters. */
type AlgorithmIdentifier = string | { name: string };
type CryptoBytes = ArrayBuffer | ArrayBufferView;
type KeyFormat = 'raw' | 'pkcs8' | 'spki' | 'jwk';
type KeyType = 'public' | 'private' | 'secret';
type KeyUsage =
  | 'encrypt' | 'decrypt' | 'sign' | 'verify' | 'deriveKey' | 'deriveBits' | 'wrapKey' | 'unwrapKey';
/** What an operation needs to know beside the name of its algorithm. */
interface CryptoParameters {
  name: string;
  /** `SHA-1`, `SHA-256`, `SHA-384` or `SHA-512`. */
  hash?: AlgorithmIdentifier;
  /** `P-256`, `P-384` or `P-521`. */
  namedCurve?: string;
  /** Bits: of a new AES or HMAC key, or of the counter of AES-CTR. */
  length?: number;
  modulusLength?: number;
  publicExponent?: Uint8Array;
  iv?: CryptoBytes;
  counter?: CryptoBytes;
  additionalData?: CryptoBytes;
  /** Bits; 128 if left out. */
  tagLength?: number;
  /** Bytes of the salt of RSA-PSS. */
  saltLength?: number;
  label?: CryptoBytes;
  salt?: CryptoBytes;
  info?: CryptoBytes;
  iterations?: number;
  /** The other side's key, for ECDH and X25519. */
  public?: CryptoKey;
}
interface KeyAlgorithm {
  name: string;
  length?: number;
  hash?: { name: string };
  namedCurve?: string;
  modulusLength?: number;
  publicExponent?: Uint8Array;
}
interface CryptoKeyPair {
  publicKey: CryptoKey;
  privateKey: CryptoKey;
}
interface JsonWebKey {
  alg?: string; crv?: string; d?: string; dp?: string; dq?: string; e?: string; ext?: boolean;
  k?: string; key_ops?: string[]; kty?: string; n?: string; p?: string; q?: string; qi?: string;
  use?: string; x?: string; y?: string;
}
/** A key of Web Cryptography. Nobody sees its bytes unless it is extractable, and exported. */
declare class CryptoKey {
  private constructor();
  readonly type: KeyType;
  readonly extractable: boolean;
  readonly algorithm: KeyAlgorithm;
  readonly usages: KeyUsage[];
}
type CryptoAlgorithm = string | CryptoParameters;
/** Web Cryptography: hashes, keys, signatures, ciphers. Worker threads do the work. */
declare class SubtleCrypto {
  private constructor();
  /** `SHA-1`, `SHA-256`, `SHA-384` or `SHA-512`; anything else is a `NotSupportedError`. */
  digest(algorithm: AlgorithmIdentifier, data: CryptoBytes): Promise<ArrayBuffer>;
  /** RSA-OAEP, AES-CBC, AES-CTR, AES-GCM. */
  encrypt(algorithm: CryptoAlgorithm, key: CryptoKey, data: CryptoBytes): Promise<ArrayBuffer>;
  decrypt(algorithm: CryptoAlgorithm, key: CryptoKey, data: CryptoBytes): Promise<ArrayBuffer>;
  /** RSASSA-PKCS1-v1_5, RSA-PSS, ECDSA, Ed25519, HMAC. */
  sign(algorithm: CryptoAlgorithm, key: CryptoKey, data: CryptoBytes): Promise<ArrayBuffer>;
  verify(
    algorithm: CryptoAlgorithm, key: CryptoKey, signature: CryptoBytes, data: CryptoBytes): Promise<boolean>;
  generateKey(
    algorithm: CryptoAlgorithm, extractable: boolean, keyUsages: Iterable<KeyUsage>): Promise<any>;
  importKey(
    format: KeyFormat, keyData: CryptoBytes | JsonWebKey, algorithm: CryptoAlgorithm, extractable: boolean,
    keyUsages: Iterable<KeyUsage>): Promise<CryptoKey>;
  exportKey(format: 'jwk', key: CryptoKey): Promise<JsonWebKey>;
  exportKey(format: 'raw' | 'pkcs8' | 'spki', key: CryptoKey): Promise<ArrayBuffer>;
  exportKey(format: KeyFormat, key: CryptoKey): Promise<ArrayBuffer | JsonWebKey>;
  /** ECDH, X25519, HKDF, PBKDF2. Bits; null for as many as two keys agree on. */
  deriveBits(algorithm: CryptoAlgorithm, baseKey: CryptoKey, length?: number | null): Promise<ArrayBuffer>;
  deriveKey(
    algorithm: CryptoAlgorithm, baseKey: CryptoKey, derivedKeyType: CryptoAlgorithm, extractable: boolean,
    keyUsages: Iterable<KeyUsage>): Promise<CryptoKey>;
  /** AES-KW, and whatever encrypts. */
  wrapKey(
    format: KeyFormat, key: CryptoKey, wrappingKey: CryptoKey, wrapAlgorithm: CryptoAlgorithm,
  ): Promise<ArrayBuffer>;
  unwrapKey(
    format: KeyFormat, wrappedKey: CryptoBytes, unwrappingKey: CryptoKey, unwrapAlgorithm: CryptoAlgorithm,
    unwrappedKeyAlgorithm: CryptoAlgorithm, extractable: boolean, keyUsages: Iterable<KeyUsage>,
  ): Promise<CryptoKey>;
}
declare class Crypto {
  private constructor();
  readonly subtle: SubtleCrypto;
  /** Fills an array of integers, of at most 65536 bytes. */
  getRandomValues<T extends ArrayBufferView>(array: T): T;
  randomUUID(): string;
}
/** The global object, by its name of old in Node.js. */
declare var global: typeof globalThis;
declare var crypto: Crypto;
declare module 'crypto' {
  type Bytes = string | ArrayBuffer | ArrayBufferView;
  type Done<T> = (error: Error | null, value: T) => void;
  import { Transform, Writable } from 'stream';
  /** What has been put in cannot be taken out: a digest ends it. A stream, too. */
  export class Hash extends Transform {
    constructor(algorithm: string, options?: HashOptions);
    update(data: Bytes, inputEncoding?: string): this;
    digest(): Buffer;
    digest(encoding: string): string;
    /** Another hash of what this one has seen so far. */
    copy(options?: HashOptions): Hash;
    _transform(chunk: any, encoding: string, callback: (error?: Error | null, data?: any) => void): void;
    _flush(callback: (error?: Error | null, data?: any) => void): void;
  }
  /** Options of streams, and the length of the hash, which has to be the one that it has. */
  interface HashOptions { outputLength?: number; [option: string]: unknown }
  export class Hmac extends Transform {
    constructor(algorithm: string, key: SecretKey, options?: object);
    update(data: Bytes, inputEncoding?: string): this;
    digest(): Buffer;
    digest(encoding: string): string;
    _transform(chunk: any, encoding: string, callback: (error?: Error | null, data?: any) => void): void;
    _flush(callback: (error?: Error | null, data?: any) => void): void;
  }
  type SecretKey = Bytes | KeyObject | CryptoKeyOfWeb;
  /** `md5`, `sha1`, `sha224`, `sha256`, `sha384`, `sha512`, `sha512-224` or `sha512-256`. */
  export function createHash(algorithm: string, options?: HashOptions): Hash;
  export function createHmac(algorithm: string, key: SecretKey, options?: object): Hmac;

  interface CipherOptions { authTagLength?: number; [option: string]: unknown }
  class CipherBase extends Transform {
    update(data: Bytes, inputEncoding?: string): Buffer;
    update(data: Bytes, inputEncoding: string | undefined, outputEncoding: string): string;
    final(): Buffer;
    final(outputEncoding: string): string;
    setAutoPadding(autoPadding?: boolean): this;
    /** Data that is authenticated and not encrypted: before all that is. */
    setAAD(buffer: Bytes, options?: { plaintextLength?: number; encoding?: string }): this;
    _transform(chunk: any, encoding: string, callback: (error?: Error | null, data?: any) => void): void;
    _flush(callback: (error?: Error | null, data?: any) => void): void;
  }
  export class Cipheriv extends CipherBase {
    constructor(cipher: string, key: SecretKey, iv: Bytes | null, options?: CipherOptions);
    /** What `final` has made, of GCM and ChaCha20-Poly1305. */
    getAuthTag(): Buffer;
  }
  export class Decipheriv extends CipherBase {
    constructor(cipher: string, key: SecretKey, iv: Bytes | null, options?: CipherOptions);
    /** The tag that `final` checks: what came out before is to be kept back until then. */
    setAuthTag(buffer: Bytes, encoding?: string): this;
  }
  /** AES with CBC, CTR, ECB or GCM, and `chacha20-poly1305`. */
  export function createCipheriv(
    cipher: string, key: SecretKey, iv: Bytes | null, options?: CipherOptions): Cipheriv;
  export function createDecipheriv(
    cipher: string, key: SecretKey, iv: Bytes | null, options?: CipherOptions): Decipheriv;
  export function getCiphers(): string[];
  interface CipherInfo {
    name: string; nid: number; mode: string; keyLength: number; blockSize?: number; ivLength?: number;
  }
  export function getCipherInfo(
    nameOrNid: string | number, options?: { keyLength?: number; ivLength?: number }): CipherInfo | undefined;

  /** A key by which nobody sees its bytes, unless it is exported. */
  export class KeyObject {
    private constructor();
    /** The same key as one of Web Cryptography. */
    static from(key: CryptoKeyOfWeb): KeyObject;
    readonly type: 'secret' | 'public' | 'private';
    equals(other: KeyObject): boolean;
    toCryptoKey(
      algorithm: string | { name: string }, extractable: boolean, keyUsages: Iterable<string>): CryptoKeyOfWeb;
    /** Bytes of a secret key. */
    readonly symmetricKeySize?: number;
    readonly asymmetricKeyType?: 'rsa' | 'rsa-pss' | 'ec' | 'ed25519' | 'x25519';
    readonly asymmetricKeyDetails?: {
      modulusLength?: number; publicExponent?: bigint; namedCurve?: string; hashAlgorithm?: string;
      mgf1HashAlgorithm?: string; saltLength?: number;
    };
    export?(options?: { format?: 'buffer' }): Buffer;
    export?(options: { format: 'jwk' }): { [member: string]: string };
    export?(options: KeyEncoding & { format: 'pem' }): string;
    export?(options: KeyEncoding & { format: 'der' }): Buffer;
  }
  /** How a key is written. Only `pkcs8` can be encrypted. */
  interface KeyEncoding {
    format: 'pem' | 'der' | 'jwk';
    type?: 'pkcs1' | 'pkcs8' | 'sec1' | 'spki';
    /** `aes-128-cbc`, `aes-192-cbc` or `aes-256-cbc`. */
    cipher?: string;
    passphrase?: Bytes;
  }
  interface KeyInput {
    key: Bytes | KeyObject | CryptoKeyOfWeb | { [member: string]: unknown };
    format?: 'pem' | 'der' | 'jwk';
    type?: 'pkcs1' | 'pkcs8' | 'sec1' | 'spki';
    passphrase?: Bytes;
    encoding?: string;
  }
  type AsymmetricKey = Bytes | KeyObject | CryptoKeyOfWeb | KeyInput;
  export function createSecretKey(key: Bytes, encoding?: string): KeyObject;
  export function createPrivateKey(key: Bytes | KeyInput): KeyObject;
  /** Of a private key, the public one that belongs to it. */
  export function createPublicKey(key: Bytes | KeyObject | KeyInput): KeyObject;
  interface PairOptions {
    modulusLength?: number;
    /** 65537 if left out. */
    publicExponent?: number;
    hashAlgorithm?: string;
    mgf1HashAlgorithm?: string;
    saltLength?: number;
    namedCurve?: string;
    publicKeyEncoding?: KeyEncoding;
    privateKeyEncoding?: KeyEncoding;
  }
  type PairType = 'rsa' | 'rsa-pss' | 'ec' | 'ed25519' | 'x25519';
  /** Key objects, or what they are written as if an encoding is given. */
  export function generateKeyPairSync(
    type: PairType, options: PairOptions & { publicKeyEncoding: KeyEncoding; privateKeyEncoding: KeyEncoding },
  ): { publicKey: any; privateKey: any };
  export function generateKeyPairSync(
    type: PairType, options?: PairOptions): { publicKey: KeyObject; privateKey: KeyObject };
  export function generateKeyPair(
    type: PairType, options: PairOptions | undefined,
    callback: (error: Error | null, publicKey: any, privateKey: any) => void): void;
  export function generateKeySync(type: 'hmac' | 'aes', options: { length: number }): KeyObject;
  export function generateKey(
    type: 'hmac' | 'aes', options: { length: number }, callback: Done<KeyObject>): void;

  interface SigningOptions {
    /** One of `constants`: `RSA_PKCS1_PADDING` or `RSA_PKCS1_PSS_PADDING`. */
    padding?: number;
    saltLength?: number;
    /** How ECDSA signatures are written; `der` if left out. */
    dsaEncoding?: 'der' | 'ieee-p1363';
  }
  type SigningKey = AsymmetricKey | (KeyInput & SigningOptions);
  export class Sign extends Writable {
    constructor(algorithm: string, options?: object);
    update(data: Bytes, inputEncoding?: string): this;
    sign(privateKey: SigningKey): Buffer;
    sign(privateKey: SigningKey, outputEncoding: string): string;
    _write(chunk: any, encoding: string, callback: (error?: Error | null) => void): void;
  }
  export class Verify extends Writable {
    constructor(algorithm: string, options?: object);
    update(data: Bytes, inputEncoding?: string): this;
    verify(key: SigningKey, signature: Bytes, signatureEncoding?: string): boolean;
    _write(chunk: any, encoding: string, callback: (error?: Error | null) => void): void;
  }
  export function createSign(algorithm: string, options?: object): Sign;
  export function createVerify(algorithm: string, options?: object): Verify;
  /** Data that is whole. Ed25519 keys have a hash of their own: `algorithm` is null for them. */
  export function sign(algorithm: string | null | undefined, data: Bytes, key: SigningKey): Buffer;
  export function sign(
    algorithm: string | null | undefined, data: Bytes, key: SigningKey, callback: Done<Buffer>): void;
  export function verify(
    algorithm: string | null | undefined, data: Bytes, key: SigningKey, signature: ArrayBuffer | ArrayBufferView,
  ): boolean;
  export function verify(
    algorithm: string | null | undefined, data: Bytes, key: SigningKey, signature: ArrayBuffer | ArrayBufferView,
    callback: Done<boolean>): void;
  interface RsaOptions {
    padding?: number;
    /** `sha1` if left out. */
    oaepHash?: string;
    oaepLabel?: Bytes;
  }
  type RsaKey = AsymmetricKey | (KeyInput & RsaOptions);
  export function publicEncrypt(key: RsaKey, buffer: Bytes): Buffer;
  export function publicDecrypt(key: RsaKey, buffer: Bytes): Buffer;
  export function privateEncrypt(key: RsaKey, buffer: Bytes): Buffer;
  export function privateDecrypt(key: RsaKey, buffer: Bytes): Buffer;

  type PointFormat = 'compressed' | 'uncompressed' | 'hybrid';
  export class ECDH {
    constructor(curve: string);
    static convertKey(
      key: Bytes, curve: string, inputEncoding?: string, outputEncoding?: string, format?: PointFormat): Buffer | string;
    generateKeys(): Buffer;
    generateKeys(encoding: string, format?: PointFormat): string;
    computeSecret(otherPublicKey: Bytes, inputEncoding?: string): Buffer;
    computeSecret(otherPublicKey: Bytes, inputEncoding: string | undefined, outputEncoding: string): string;
    getPrivateKey(): Buffer;
    getPrivateKey(encoding: string): string;
    getPublicKey(encoding?: null, format?: PointFormat): Buffer;
    getPublicKey(encoding: string, format?: PointFormat): string;
    setPrivateKey(privateKey: Bytes, encoding?: string): this;
  }
  export function createECDH(curveName: string): ECDH;
  export function getCurves(): string[];
  /** What both sides compute, each of its own private key and the other's public one. */
  export function diffieHellman(options: { privateKey: KeyObject; publicKey: KeyObject }): Buffer;
  export function diffieHellman(
    options: { privateKey: KeyObject; publicKey: KeyObject }, callback: Done<Buffer>): void;
  export const constants: {
    readonly RSA_PKCS1_PADDING: number; readonly RSA_NO_PADDING: number;
    readonly RSA_PKCS1_OAEP_PADDING: number; readonly RSA_PKCS1_PSS_PADDING: number;
    readonly RSA_PSS_SALTLEN_DIGEST: number; readonly RSA_PSS_SALTLEN_MAX_SIGN: number;
    readonly RSA_PSS_SALTLEN_AUTO: number; readonly POINT_CONVERSION_COMPRESSED: number;
    readonly POINT_CONVERSION_UNCOMPRESSED: number; readonly POINT_CONVERSION_HYBRID: number;
  };
  /** The digest of data that is whole, as hexadecimal digits by default. */
  export function hash(algorithm: string, data: Bytes, outputEncoding?: string): string;
  export function getHashes(): string[];
  export function randomBytes(size: number): Buffer;
  export function randomBytes(size: number, callback: Done<Buffer>): void;
  export function randomFillSync<T extends ArrayBuffer | ArrayBufferView>(buffer: T, offset?: number, size?: number): T;
  export function randomFill<T extends ArrayBuffer | ArrayBufferView>(buffer: T, callback: Done<T>): void;
  export function randomFill<T extends ArrayBuffer | ArrayBufferView>(
    buffer: T, offset: number, callback: Done<T>): void;
  export function randomFill<T extends ArrayBuffer | ArrayBufferView>(
    buffer: T, offset: number, size: number, callback: Done<T>): void;
  /** A whole number from `min`, which is 0 if left out, to one less than `max`. */
  export function randomInt(max: number): number;
  export function randomInt(min: number, max: number): number;
  export function randomInt(max: number, callback: Done<number>): void;
  export function randomInt(min: number, max: number, callback: Done<number>): void;
  export function randomUUID(): string;
  /** Throws if the lengths differ. */
  export function timingSafeEqual(a: ArrayBuffer | ArrayBufferView, b: ArrayBuffer | ArrayBufferView): boolean;
  export function pbkdf2Sync(password: Bytes, salt: Bytes, iterations: number, keylen: number, digest: string): Buffer;
  export function pbkdf2(
    password: Bytes, salt: Bytes, iterations: number, keylen: number, digest: string, callback: Done<Buffer>): void;
  export function hkdfSync(digest: string, key: Bytes | KeyObject, salt: Bytes, info: Bytes, keylen: number): ArrayBuffer;
  export function hkdf(
    digest: string, key: Bytes | KeyObject, salt: Bytes, info: Bytes, keylen: number,
    callback: Done<ArrayBuffer>): void;
  interface ScryptOptions {
    N?: number; r?: number; p?: number; cost?: number; blockSize?: number; parallelization?: number;
    /** Bytes; 32 MiB if left out. */
    maxmem?: number;
  }
  export function scryptSync(password: Bytes, salt: Bytes, keylen: number, options?: ScryptOptions): Buffer;
  export function scrypt(password: Bytes, salt: Bytes, keylen: number, callback: Done<Buffer>): void;
  export function scrypt(
    password: Bytes, salt: Bytes, keylen: number, options: ScryptOptions, callback: Done<Buffer>): void;
  export const webcrypto: CryptoClass;
  export const subtle: SubtleCryptoClass;
  export function getRandomValues<T extends ArrayBufferView>(array: T): T;
  const own: Omit<typeof import('crypto'), 'default'>;
  export default own;
}

declare module 'string_decoder' {
  /** Text out of bytes that come in pieces, no character cut. */
  export class StringDecoder {
    constructor(encoding?: string);
    encoding?: string;
    readonly lastNeed: number;
    readonly lastTotal: number;
    write(piece: ArrayBufferView | string): string;
    end(piece?: ArrayBufferView | string): string;
  }
  const own: Omit<typeof import('string_decoder'), 'default'>;
  export default own;
}

declare module 'diagnostics_channel' {
  type Subscriber = (data: unknown, name: string | symbol) => void;
  export class Channel {
    constructor(name: string | symbol);
    name?: string | symbol;
    readonly hasSubscribers: boolean;
    subscribe(subscription: Subscriber): void;
    unsubscribe(subscription: Subscriber): boolean;
    publish(data: unknown): void;
  }
  type TracingEvent = 'start' | 'end' | 'asyncStart' | 'asyncEnd' | 'error';
  /** The five channels of something that begins and ends. */
  export class TracingChannel {
    constructor(nameOrChannels: string | Record<TracingEvent, Channel>);
    start?: Channel;
    end?: Channel;
    asyncStart?: Channel;
    asyncEnd?: Channel;
    error?: Channel;
    readonly hasSubscribers: boolean;
    subscribe(handlers: Partial<Record<TracingEvent, (context: any) => void>>): void;
    unsubscribe(handlers: Partial<Record<TracingEvent, (context: any) => void>>): boolean;
    traceSync<T>(work: (...given: any[]) => T, context?: object, self?: unknown, ...given: any[]): T;
    tracePromise<T>(
      work: (...given: any[]) => PromiseLike<T>, context?: object, self?: unknown, ...given: any[]): Promise<T>;
    traceCallback<T>(
      work: (...given: any[]) => T, position?: number, context?: object, self?: unknown, ...given: any[]): T;
  }
  export function channel(name: string | symbol): Channel;
  export function hasSubscribers(name: string | symbol): boolean;
  export function subscribe(name: string | symbol, subscription: Subscriber): void;
  export function unsubscribe(name: string | symbol, subscription: Subscriber): boolean;
  export function tracingChannel(nameOrChannels: string | Record<TracingEvent, Channel>): TracingChannel;
  const own: Omit<typeof import('diagnostics_channel'), 'default' | 'TracingChannel'>;
  export default own;
}

declare module 'tty' {
  import { Readable as NodeReadableClass } from 'stream';

  /** Whether a file descriptor is a terminal. */
  export function isatty(fd: number): boolean;
  /** Standard input that is a terminal. */
  export class ReadStream extends NodeReadableClass {
    constructor(fd: 0);
  }
  export interface ReadStream extends ProcessInput {}
  /** Standard output or error that is a terminal. */
  export class WriteStream {
    constructor(fd: 1 | 2);
  }
  export interface WriteStream extends ProcessOutput {
    clearLine(direction: -1 | 0 | 1, callback?: () => void): boolean;
    clearScreenDown(callback?: () => void): boolean;
    cursorTo(x: number, y?: number, callback?: () => void): boolean;
    moveCursor(dx: number, dy: number, callback?: () => void): boolean;
    getColorDepth(env?: Record<string, string | undefined>): number;
  }
  const own: Omit<typeof import('tty'), 'default'>;
  export default own;
}

declare module 'module' {
  /** The function `require` of a CommonJS file. */
  export interface Require {
    /** What a module exports: a file, a package or a built-in. */
    (id: string): any;
    /** The path that `id` means, or the name of a built-in. Throws `MODULE_NOT_FOUND`. */
    resolve(id: string): string;
    /** The CommonJS files that have run, by path. Whatever is deleted runs anew when required. */
    cache: Record<string, Module | undefined>;
    /** The program, if it is CommonJS. */
    main: Module | undefined;
  }
  /** A CommonJS file. */
  export class Module {
    id: string;
    path: string;
    exports: any;
    filename: string;
    loaded: boolean;
    children: Module[];
    parent: Module | undefined;
    readonly paths: string[];
    require(id: string): any;
    static createRequire: typeof createRequire;
    static builtinModules: typeof builtinModules;
    static isBuiltin: typeof isBuiltin;
    static Module: typeof Module;
  }
  /** A `require` that finds what the file at this place would find: a file: URL or an absolute path. */
  export function createRequire(filename: string | URL): Require;
  /** The names of the built-ins, without `node:`. */
  export const builtinModules: readonly string[];
  /** Whether a built-in has this name, with or without `node:`. */
  export function isBuiltin(name: string): boolean;
  export default Module;
}

declare module 'events' {
  type Name = string | symbol;
  type Listener = (...values: any[]) => void;

  export class EventEmitter {
    constructor(options?: { captureRejections?: boolean });
    static defaultMaxListeners: number;
    static captureRejections: boolean;
    static readonly captureRejectionSymbol: typeof captureRejectionSymbol;
    static readonly usingDomains: false;
    static readonly init: typeof init;
    static readonly addAbortListener: typeof addAbortListener;
    static readonly getMaxListeners: typeof getMaxListeners;
    static readonly setMaxListeners: typeof setMaxListeners;
    static readonly EventEmitter: typeof EventEmitter;
    static readonly errorMonitor: typeof errorMonitor;
    static readonly once: typeof once;
    static readonly on: typeof on;
    static readonly listenerCount: typeof listenerCount;
    static readonly getEventListeners: typeof getEventListeners;
    on(name: Name, listener: Listener): this;
    once(name: Name, listener: Listener): this;
    off(name: Name, listener: Listener): this;
    addListener(name: Name, listener: Listener): this;
    removeListener(name: Name, listener: Listener): this;
    removeAllListeners(name?: Name): this;
    prependListener(name: Name, listener: Listener): this;
    prependOnceListener(name: Name, listener: Listener): this;
    emit(name: Name, ...values: any[]): boolean;
    eventNames(): Name[];
    listenerCount(name: Name, listener?: Listener): number;
    listeners(name: Name): Listener[];
    rawListeners(name: Name): Listener[];
    setMaxListeners(count: number): this;
    getMaxListeners(): number;
  }
  export const errorMonitor: unique symbol;
  export const captureRejectionSymbol: unique symbol;
  export const usingDomains: false;
  export function init(this: EventEmitter, options?: { captureRejections?: boolean }): void;
  export function addAbortListener(signal: AbortSignal, listener: () => void): object;
  export function getMaxListeners(emitter: EventEmitter | EventTarget): number;
  export function setMaxListeners(count?: number, ...all: (EventEmitter | EventTarget)[]): void;
  export function once(
    emitter: EventEmitter | EventTarget, name: Name, options?: { signal?: AbortSignal },
  ): Promise<any[]>;
  export function on(
    emitter: EventEmitter | EventTarget,
    name: Name,
    options?: {
      signal?: AbortSignal; close?: Name[]; highWaterMark?: number; lowWaterMark?: number;
    },
  ): AsyncIterableIterator<any[]>;
  export function listenerCount(emitter: EventEmitter, name: Name): number;
  export function getEventListeners(emitter: EventEmitter, name: Name): Listener[];
  export default EventEmitter;
}

declare module 'path' {
  interface ParsedPath { root: string; dir: string; base: string; ext: string; name: string }
  interface Path {
    readonly sep: '/' | '\\';
    readonly delimiter: ':' | ';';
    readonly posix: Path;
    readonly win32: Path;
    _makeLong(path: string): string;
    basename(path: string, suffix?: string): string;
    dirname(path: string): string;
    extname(path: string): string;
    format(parts: Partial<ParsedPath>): string;
    isAbsolute(path: string): boolean;
    join(...parts: string[]): string;
    /** Whether a path fits a pattern with `*`, `**`, `?`, `[..]` and `{..}`. */
    matchesGlob(path: string, pattern: string): boolean;
    normalize(path: string): string;
    parse(path: string): ParsedPath;
    relative(from: string, to: string): string;
    resolve(...parts: string[]): string;
    toNamespacedPath(path: string): string;
  }
  const path: Path;
  export const {
    sep, delimiter, posix, win32, basename, dirname, extname, format, isAbsolute, join, matchesGlob,
    normalize, parse, relative, resolve, toNamespacedPath,
  }: Path;
  export default path;
}

declare module 'path/posix' { export * from 'path'; export { posix as default } from 'path'; }

declare module 'path/win32' {
  import path from 'path';
  const win32: typeof path;
  export const {
    sep, delimiter, posix, basename, dirname, extname, format, isAbsolute, join, matchesGlob, normalize,
    parse, relative, resolve, toNamespacedPath,
  }: typeof path;
  export { win32 };
  export default win32;
}

declare module 'os' {
  export interface UserInfo<T = string> {
    uid: number;
    gid: number;
    username: T;
    homedir: T;
    shell: T;
  }
  export interface NetworkInterfaceInfo {
    address: string;
    netmask: string;
    family: 'IPv4' | 'IPv6';
    mac: string;
    internal: boolean;
    cidr: string;
    /** Of IPv6. */
    scopeid?: number;
  }
  interface Os {
    readonly EOL: '\n';
    readonly devNull: string;
    readonly constants: {
      readonly signals: Readonly<Record<string, number>>;
      readonly errno: Readonly<Record<string, number>>;
      readonly priority: Readonly<Record<string, number>>;
      readonly dlopen: Readonly<Record<string, number>>;
    };
    arch(): string;
    availableParallelism(): number;
    cpus(): { model: string; speed: number; times: Record<string, number> }[];
    endianness(): 'LE' | 'BE';
    freemem(): number;
    getPriority(pid?: number): number;
    homedir(): string;
    hostname(): string;
    loadavg(): number[];
    machine(): string;
    networkInterfaces(): Record<string, NetworkInterfaceInfo[]>;
    platform(): string;
    release(): string;
    setPriority(priority: number): void;
    setPriority(pid: number, priority: number): void;
    tmpdir(): string;
    totalmem(): number;
    type(): string;
    uptime(): number;
    userInfo(options?: { encoding?: string }): UserInfo<any>;
    version(): string;
  }
  const os: Os;
  export const {
    EOL, devNull, constants, arch, availableParallelism, cpus, endianness, freemem, getPriority, homedir,
    hostname, loadavg, machine, networkInterfaces, platform, release, setPriority, tmpdir, totalmem, type,
    uptime, userInfo, version,
  }: Os;
  export default os;
}

declare module 'constants' {
  const constants: Readonly<Record<string, number>>;
  export default constants;
}

declare module 'util' {
  interface InspectOptions {
    depth?: number | null;
    colors?: boolean;
    compact?: boolean | number;
    breakLength?: number;
    showHidden?: boolean;
    customInspect?: boolean;
    sorted?: boolean | ((a: string, b: string) => number);
    getters?: boolean | 'get' | 'set';
    numericSeparator?: boolean;
    maxArrayLength?: number | null;
    maxStringLength?: number | null;
  }
  export const inspect: {
    (value: any, options?: InspectOptions): string;
    (value: any, showHidden?: boolean, depth?: number | null, colors?: boolean): string;
    readonly custom: unique symbol;
    defaultOptions: InspectOptions;
    readonly colors: Record<string, [number, number]>;
    readonly styles: Record<string, string>;
  };
  export function format(...values: any[]): string;
  export function formatWithOptions(options: InspectOptions, ...values: any[]): string;
  export const promisify: {
    (original: (...values: any[]) => any): (...values: any[]) => Promise<any>;
    readonly custom: unique symbol;
  };
  export function callbackify(original: (...values: any[]) => Promise<any>): (...values: any[]) => void;
  export function inherits(constructor: Function, parent: Function): void;
  export function deprecate<F extends Function>(original: F, message: string, code?: string): F;
  export interface DebugLogger {
    (...values: any[]): void;
    readonly enabled: boolean;
  }
  export function debuglog(section: string, callback?: (log: DebugLogger) => void): DebugLogger;
  export { debuglog as debug };
  export function aborted(signal: AbortSignal, resource: object): Promise<void>;
  /** With a stream, plain where that shows no colours. */
  export function styleText(
    style: string | string[], text: string, options?: { stream?: object; validateStream?: boolean },
  ): string;
  export interface ParseArgsOption {
    type: 'string' | 'boolean';
    short?: string;
    multiple?: boolean;
    default?: string | boolean | string[] | boolean[];
  }
  export interface ParseArgsConfig {
    args?: string[];
    options?: Record<string, ParseArgsOption>;
    strict?: boolean;
    allowPositionals?: boolean;
    allowNegative?: boolean;
    tokens?: boolean;
  }
  /** The arguments of a command line as options and the rest. */
  export function parseArgs(config?: ParseArgsConfig): {
    values: Record<string, any>;
    positionals: string[];
    tokens?: object[];
  };
  /** The text of a `.env` file. */
  export function parseEnv(content: string): Record<string, string>;
  export interface CallSiteObject {
    functionName: string;
    scriptId: string;
    scriptName: string;
    lineNumber: number;
    columnNumber: number;
    column: number;
  }
  /** The calls that lead here, from the nearest on. */
  export function getCallSites(frameCount?: number): CallSiteObject[];
  /** Of a negative number. */
  export function getSystemErrorName(err: number): string;
  export function getSystemErrorMessage(err: number): string;
  export function getSystemErrorMap(): Map<number, [string, string]>;
  export class MIMEParams implements Iterable<[string, string]> {
    delete(name: string): void;
    get(name: string): string | null;
    has(name: string): boolean;
    set(name: string, value: string): void;
    entries(): IterableIterator<[string, string]>;
    keys(): IterableIterator<string>;
    values(): IterableIterator<string>;
    toString(): string;
    toJSON(): string;
    [Symbol.iterator](): IterableIterator<[string, string]>;
  }
  export class MIMEType {
    constructor(input: string);
    type: string;
    subtype: string;
    readonly essence: string;
    readonly params: MIMEParams;
    toString(): string;
    toJSON(): string;
  }
  /** Deprecated: `Object.assign` does it. */
  export function _extend(target: object, source: any): any;
  const encoder: TextEncoderClass;
  type encoder = InstanceType<TextEncoderClass>;
  const decoder: TextDecoderClass;
  type decoder = InstanceType<TextDecoderClass>;
  export { encoder as TextEncoder, decoder as TextDecoder };
  export function isDeepStrictEqual(a: any, b: any): boolean;
  export function stripVTControlCharacters(text: string): string;
  export function toUSVString(text: string): string;
  export function isArray(value: any): value is any[];
  export const types: typeof import('util/types').default;
  const util: Omit<typeof import('util'), 'default'>;
  export default util;
}

type TextEncoderClass = typeof TextEncoder;
type TextDecoderClass = typeof TextDecoder;
type URLClass = typeof URL;
type URLSearchParamsClass = typeof URLSearchParams;

declare module 'util/types' {
  export function isAnyArrayBuffer(value: any): boolean;
  export function isArgumentsObject(value: any): boolean;
  export function isArrayBuffer(value: any): boolean;
  export function isArrayBufferView(value: any): boolean;
  export function isAsyncFunction(value: any): boolean;
  export function isBigInt64Array(value: any): boolean;
  export function isBigIntObject(value: any): boolean;
  export function isBigUint64Array(value: any): boolean;
  export function isBooleanObject(value: any): boolean;
  export function isBoxedPrimitive(value: any): boolean;
  export function isDataView(value: any): boolean;
  export function isDate(value: any): boolean;
  export function isCryptoKey(value: any): boolean;
  export function isExternal(value: any): boolean;
  export function isFloat16Array(value: any): boolean;
  export function isFloat32Array(value: any): boolean;
  export function isFloat64Array(value: any): boolean;
  export function isGeneratorFunction(value: any): boolean;
  export function isGeneratorObject(value: any): boolean;
  export function isInt16Array(value: any): boolean;
  export function isInt32Array(value: any): boolean;
  export function isInt8Array(value: any): boolean;
  export function isKeyObject(value: any): boolean;
  export function isMap(value: any): boolean;
  export function isMapIterator(value: any): boolean;
  export function isModuleNamespaceObject(value: any): boolean;
  export function isNativeError(value: any): boolean;
  export function isNumberObject(value: any): boolean;
  export function isPromise(value: any): boolean;
  export function isProxy(value: any): boolean;
  export function isRegExp(value: any): boolean;
  export function isSet(value: any): boolean;
  export function isSetIterator(value: any): boolean;
  export function isSharedArrayBuffer(value: any): boolean;
  export function isStringObject(value: any): boolean;
  export function isSymbolObject(value: any): boolean;
  export function isTypedArray(value: any): boolean;
  export function isUint16Array(value: any): boolean;
  export function isUint32Array(value: any): boolean;
  export function isUint8Array(value: any): boolean;
  export function isUint8ClampedArray(value: any): boolean;
  export function isWeakMap(value: any): boolean;
  export function isWeakSet(value: any): boolean;
  const types: Omit<typeof import('util/types'), 'default'>;
  export default types;
}

declare module 'sys' { export * from 'util'; export { default } from 'util'; }

declare module 'url' {
  export function fileURLToPath(url: string | URL): string;
  export function pathToFileURL(path: string): URL;
  export function domainToASCII(domain: string): string;
  export function domainToUnicode(domain: string): string;
  /** What `http.request` takes, of a URL. */
  export function urlToHttpOptions(url: URL): Record<string, any>;
  export interface UrlObject {
    protocol?: string | null;
    slashes?: boolean | null;
    auth?: string | null;
    host?: string | null;
    port?: string | number | null;
    hostname?: string | null;
    hash?: string | null;
    search?: string | null;
    query?: string | null | Record<string, any>;
    pathname?: string | null;
    path?: string | null;
    href?: string;
  }
  /** The parts of what looks like a URL, or not. `new URL()` is the standard's. */
  export class Url {
    protocol: string | null;
    slashes: boolean | null;
    auth: string | null;
    host: string | null;
    port: string | null;
    hostname: string | null;
    hash: string | null;
    search: string | null;
    query: any;
    pathname: string | null;
    path: string | null;
    href: string;
    parse(url: string, parseQueryString?: boolean, slashesDenoteHost?: boolean): this;
    parseHost(): void;
    format(): string;
    resolve(relative: string): string;
    resolveObject(relative: string | Url): Url;
  }
  export function parse(url: string | Url, parseQueryString?: boolean, slashesDenoteHost?: boolean): Url;
  export function resolve(from: string, to: string): string;
  export function resolveObject(from: string, to: string): any;
  export function format(
    url: URL, options?: { auth?: boolean; fragment?: boolean; search?: boolean; unicode?: boolean },
  ): string;
  export function format(urlObject: UrlObject | string): string;
  const url: URLClass;
  type url = InstanceType<URLClass>;
  const params: URLSearchParamsClass;
  type params = InstanceType<URLSearchParamsClass>;
  export { url as URL, params as URLSearchParams };
  const own: Omit<typeof import('url'), 'default'>;
  export default own;
}

declare module 'querystring' {
  export function parse(
    text: string,
    separator?: string | null,
    equals?: string | null,
    options?: { decodeURIComponent?: (text: string) => string; maxKeys?: number },
  ): Record<string, string | string[] | undefined>;
  export function stringify(
    values: object,
    separator?: string | null,
    equals?: string | null,
    options?: { encodeURIComponent?: (text: string) => string },
  ): string;
  export function escape(text: string): string;
  export function unescape(text: string): string;
  export { parse as decode, stringify as encode };
  const querystring: Omit<typeof import('querystring'), 'default'>;
  export default querystring;
}

declare module 'assert' {
  type Expected = RegExp | Function | object | Error;
  type Promised = PromiseLike<any> | (() => PromiseLike<any>);
  interface Assert {
    (value: any, message?: string | Error): asserts value;
    ok(value: any, message?: string | Error): asserts value;
    equal(actual: any, expected: any, message?: string | Error): void;
    notEqual(actual: any, expected: any, message?: string | Error): void;
    strictEqual<T>(actual: any, expected: T, message?: string | Error): asserts actual is T;
    notStrictEqual(actual: any, expected: any, message?: string | Error): void;
    deepEqual(actual: any, expected: any, message?: string | Error): void;
    notDeepEqual(actual: any, expected: any, message?: string | Error): void;
    deepStrictEqual<T>(actual: any, expected: T, message?: string | Error): asserts actual is T;
    /** The actual value has all that is expected, and may have more. */
    partialDeepStrictEqual(actual: any, expected: any, message?: string | Error): void;
    notDeepStrictEqual(actual: any, expected: any, message?: string | Error): void;
    fail(message?: string | Error): never;
    ifError(value: any): void;
    match(text: string, pattern: RegExp, message?: string | Error): void;
    doesNotMatch(text: string, pattern: RegExp, message?: string | Error): void;
    throws(run: () => any, expected?: Expected, message?: string | Error): void;
    throws(run: () => any, message?: string): void;
    doesNotThrow(run: () => any, expected?: Expected, message?: string | Error): void;
    doesNotThrow(run: () => any, message?: string): void;
    rejects(promise: Promised, expected?: Expected, message?: string | Error): Promise<void>;
    rejects(promise: Promised, message?: string): Promise<void>;
    doesNotReject(promise: Promised, expected?: Expected, message?: string | Error): Promise<void>;
    doesNotReject(promise: Promised, message?: string): Promise<void>;
    strict: Assert;
    AssertionError: typeof AssertionError;
  }
  const assert: Assert;
  // One by one: an assertion needs a declared type.
  export const ok: Assert['ok'];
  export const equal: Assert['equal'];
  export const notEqual: Assert['notEqual'];
  export const strictEqual: Assert['strictEqual'];
  export const notStrictEqual: Assert['notStrictEqual'];
  export const deepEqual: Assert['deepEqual'];
  export const notDeepEqual: Assert['notDeepEqual'];
  export const deepStrictEqual: Assert['deepStrictEqual'];
  export const partialDeepStrictEqual: Assert['partialDeepStrictEqual'];
  export const notDeepStrictEqual: Assert['notDeepStrictEqual'];
  export const fail: Assert['fail'];
  export const ifError: Assert['ifError'];
  export const match: Assert['match'];
  export const doesNotMatch: Assert['doesNotMatch'];
  export const throws: Assert['throws'];
  export const doesNotThrow: Assert['doesNotThrow'];
  export const rejects: Assert['rejects'];
  export const doesNotReject: Assert['doesNotReject'];
  export const strict: Assert;
  export class AssertionError extends Error {
    constructor(options: { message?: string; actual?: any; expected?: any; operator?: string });
    readonly actual: any;
    readonly expected: any;
    readonly operator: string;
    readonly generatedMessage: boolean;
    readonly code: 'ERR_ASSERTION';
  }
  export { assert as default };
}

declare module 'assert/strict' {
  export * from 'assert';
  export { default } from 'assert';
}

declare module 'timers' {
  const own: {
    setTimeout: typeof setTimeout;
    setInterval: typeof setInterval;
    setImmediate: typeof setImmediate;
    clearTimeout: typeof clearTimeout;
    clearInterval: typeof clearInterval;
    clearImmediate: typeof clearImmediate;
    readonly promises: typeof import('timers/promises').default;
  };
  const {
    setTimeout: timeout, setInterval: interval, setImmediate: immediate, clearTimeout: clear,
    clearInterval: clearEach, clearImmediate: clearNext,
  }: typeof own;
  export {
    timeout as setTimeout, interval as setInterval, immediate as setImmediate,
    clear as clearTimeout, clearEach as clearInterval, clearNext as clearImmediate,
  };
  export default own;
}

declare module 'timers/promises' {
  type Options = { signal?: AbortSignal; ref?: boolean };
  function timeout<T = void>(delay?: number, value?: T, options?: Options): Promise<T>;
  function immediate<T = void>(value?: T, options?: Options): Promise<T>;
  function interval<T = void>(delay?: number, value?: T, options?: Options): AsyncGenerator<T>;
  export const scheduler: {
    wait(delay: number, options?: Options): Promise<void>;
    yield(): Promise<void>;
  };
  export { timeout as setTimeout, immediate as setImmediate, interval as setInterval };
  const own: {
    setTimeout: typeof timeout;
    setImmediate: typeof immediate;
    setInterval: typeof interval;
    scheduler: typeof scheduler;
  };
  export default own;
}

declare module 'perf_hooks' {
  const clock: typeof performance;
  const Class: typeof Performance;
  type Class = Performance;
  const Entry: typeof PerformanceEntry;
  type Entry = PerformanceEntry;
  const Mark: typeof PerformanceMark;
  type Mark = PerformanceMark;
  const Measure: typeof PerformanceMeasure;
  type Measure = PerformanceMeasure;
  const Observer: typeof PerformanceObserver;
  type Observer = PerformanceObserver;
  const List: typeof PerformanceObserverEntryList;
  type List = PerformanceObserverEntryList;
  export {
    clock as performance, Class as Performance, Entry as PerformanceEntry,
    Mark as PerformanceMark, Measure as PerformanceMeasure, Observer as PerformanceObserver,
    List as PerformanceObserverEntryList,
  };
  /** How often which values came. */
  export interface Histogram {
    readonly count: number;
    readonly countBigInt: bigint;
    readonly exceeds: number;
    readonly exceedsBigInt: bigint;
    readonly min: number;
    readonly minBigInt: bigint;
    readonly max: number;
    readonly maxBigInt: bigint;
    readonly mean: number;
    readonly stddev: number;
    readonly percentiles: Map<number, number>;
    readonly percentilesBigInt: Map<number, bigint>;
    percentile(percentile: number): number;
    percentileBigInt(percentile: number): bigint;
    reset(): void;
    toJSON(): object;
  }
  interface Recordable extends Histogram {
    record(value: number | bigint): void;
    /** The nanoseconds since the last call. */
    recordDelta(): void;
    add(other: Recordable): void;
  }
  interface IntervalHistogram extends Histogram {
    enable(): boolean;
    disable(): boolean;
  }
  export function createHistogram(
    options?: { lowest?: number | bigint; highest?: number | bigint; figures?: number },
  ): Recordable;
  /** How late timers are, in nanoseconds. */
  export function monitorEventLoopDelay(options?: { resolution?: number }): IntervalHistogram;
  export const eventLoopUtilization: Performance['eventLoopUtilization'];
  export const timerify: Performance['timerify'];
  export const constants: Readonly<Record<string, never>>;
  const own: {
    performance: typeof clock;
    Performance: typeof Class;
    PerformanceEntry: typeof Entry;
    PerformanceMark: typeof Mark;
    PerformanceMeasure: typeof Measure;
    PerformanceObserver: typeof Observer;
    PerformanceObserverEntryList: typeof List;
    constants: typeof constants;
    createHistogram: typeof createHistogram;
    eventLoopUtilization: typeof eventLoopUtilization;
    monitorEventLoopDelay: typeof monitorEventLoopDelay;
    timerify: typeof timerify;
  };
  export default own;
}

declare module 'stream/web' {
  const ownReadableStream: typeof ReadableStream;
  type ownReadableStream<T = any> = ReadableStream<T>;
  const ownReadableStreamDefaultReader: typeof ReadableStreamDefaultReader;
  type ownReadableStreamDefaultReader<T = any> = ReadableStreamDefaultReader<T>;
  const ownReadableStreamBYOBReader: typeof ReadableStreamBYOBReader;
  type ownReadableStreamBYOBReader = ReadableStreamBYOBReader;
  const ownReadableStreamDefaultController: typeof ReadableStreamDefaultController;
  type ownReadableStreamDefaultController<T = any> = ReadableStreamDefaultController<T>;
  const ownReadableByteStreamController: typeof ReadableByteStreamController;
  type ownReadableByteStreamController = ReadableByteStreamController;
  const ownReadableStreamBYOBRequest: typeof ReadableStreamBYOBRequest;
  type ownReadableStreamBYOBRequest = ReadableStreamBYOBRequest;
  const ownWritableStream: typeof WritableStream;
  type ownWritableStream<T = any> = WritableStream<T>;
  const ownWritableStreamDefaultWriter: typeof WritableStreamDefaultWriter;
  type ownWritableStreamDefaultWriter<T = any> = WritableStreamDefaultWriter<T>;
  const ownWritableStreamDefaultController: typeof WritableStreamDefaultController;
  type ownWritableStreamDefaultController = WritableStreamDefaultController;
  const ownTransformStream: typeof TransformStream;
  type ownTransformStream<I = any, O = any> = TransformStream<I, O>;
  const ownTransformStreamDefaultController: typeof TransformStreamDefaultController;
  type ownTransformStreamDefaultController<O = any> = TransformStreamDefaultController<O>;
  const ownCountQueuingStrategy: typeof CountQueuingStrategy;
  type ownCountQueuingStrategy = CountQueuingStrategy;
  const ownByteLengthQueuingStrategy: typeof ByteLengthQueuingStrategy;
  type ownByteLengthQueuingStrategy = ByteLengthQueuingStrategy;
  const ownTextEncoderStream: typeof TextEncoderStream;
  type ownTextEncoderStream = TextEncoderStream;
  const ownTextDecoderStream: typeof TextDecoderStream;
  type ownTextDecoderStream = TextDecoderStream;
  const ownCompressionStream: typeof CompressionStream;
  type ownCompressionStream = CompressionStream;
  const ownDecompressionStream: typeof DecompressionStream;
  type ownDecompressionStream = DecompressionStream;
  export {
    ownReadableStream as ReadableStream,
    ownReadableStreamDefaultReader as ReadableStreamDefaultReader,
    ownReadableStreamBYOBReader as ReadableStreamBYOBReader,
    ownReadableStreamDefaultController as ReadableStreamDefaultController,
    ownReadableByteStreamController as ReadableByteStreamController,
    ownReadableStreamBYOBRequest as ReadableStreamBYOBRequest,
    ownWritableStream as WritableStream,
    ownWritableStreamDefaultWriter as WritableStreamDefaultWriter,
    ownWritableStreamDefaultController as WritableStreamDefaultController,
    ownTransformStream as TransformStream,
    ownTransformStreamDefaultController as TransformStreamDefaultController,
    ownCountQueuingStrategy as CountQueuingStrategy,
    ownByteLengthQueuingStrategy as ByteLengthQueuingStrategy,
    ownTextEncoderStream as TextEncoderStream,
    ownTextDecoderStream as TextDecoderStream,
    ownCompressionStream as CompressionStream,
    ownDecompressionStream as DecompressionStream,
  };
  const own: Omit<typeof import('stream/web'), 'default'>;
  export default own;
}

declare module 'process' {
  const own: Process;
  export const {
    abort, arch, argv, argv0, chdir, cpuUsage, cwd, emitWarning, env, execArgv, execPath, exit,
    getBuiltinModule, getegid, geteuid, getgid, getgroups, getuid, hrtime, kill, memoryUsage, nextTick,
    pid, platform, ppid, release, resourceUsage, umask, uptime, version, versions,
  }: Process;
  export default own;
}

declare module 'console' {
  const own: Console;
  export default own;
}

declare module 'krandog:client' {
  export interface Connection {
    id: number;
    url: string;
    state: 'connecting' | 'open' | 'closing' | 'closed';
    /** Of payload, over all connections of the socket. */
    received: { messages: number; bytes: number };
    sent: { messages: number; bytes: number };
    /** Its `bufferedAmount`. */
    buffered: number;
    socket: WebSocket;
  }
  /** The outgoing sockets that are not closed. */
  export function connections(): Connection[];
  /** Closes them all, with what `close` takes, and resolves once they are closed. */
  export function closeAll(code?: number, reason?: string): Promise<void>;
  export function closeAll(how: CloseEvent | CloseInfo | { code?: number; reason?: string }): Promise<void>;

  export interface PoolOptions {
    /** Sockets that are not closed: 5. */
    max?: number;
    /** Calls of `connect` that wait for a place: 1000. */
    maxWaiting?: number;
  }

  /** At most `max` outgoing sockets at one time. */
  export class Pool {
    constructor(options?: PoolOptions);
    readonly max: number;
    /** Sockets that are not closed. */
    readonly size: number;
    /** Calls of `connect` that wait for a place. */
    readonly waiting: number;
    /** Resolves with an open socket, once there is a place for it. */
    connect(
      url: string | URL,
      protocols?: string | Iterable<string> | WebSocketClientOptions,
    ): Promise<WebSocket>;
    /** Sends to each that is open, and returns how many those are. */
    sendAll(data: string | BufferSource | Blob, options?: { compress?: boolean }): number;
    closeAll(code?: number, reason?: string): Promise<void>;
    closeAll(how: CloseEvent | CloseInfo | { code?: number; reason?: string }): Promise<void>;
    [Symbol.iterator](): IterableIterator<WebSocket>;
  }
}

declare module 'worker_threads' {
  const Channel: typeof MessageChannel;
  type Channel = MessageChannel;
  const Port: typeof MessagePort;
  type Port = MessagePort;
  const Broadcast: typeof BroadcastChannel;
  type Broadcast = BroadcastChannel;
  const Thread: typeof Worker;
  type Thread = Worker;
  export {
    Channel as MessageChannel, Port as MessagePort, Broadcast as BroadcastChannel,
    Thread as Worker,
  };
  /** Whether the program is nobody's worker. */
  export const isMainThread: boolean;
  /** In a worker, what leads to who has started it. */
  export const parentPort: Port | null;
  /** What the option of that name was. */
  export const workerData: any;
  /** 0 for the program itself. */
  export const threadId: number;
  export const resourceLimits: {};
  /** Takes the next message of a port at once. */
  export function receiveMessageOnPort(port: Port): { message: any } | undefined;
  const own: Omit<typeof import('worker_threads'), 'default'>;
  export default own;
}

declare module 'node:http' { export * from 'http'; export { default } from 'http'; }
declare module 'node:https' { export * from 'https'; export { default } from 'https'; }
declare module 'node:buffer' { export * from 'buffer'; export { default } from 'buffer'; }
declare module 'node:crypto' { export * from 'crypto'; export { default } from 'crypto'; }
declare module 'node:string_decoder' { export * from 'string_decoder'; export { default } from 'string_decoder'; }
declare module 'node:diagnostics_channel' { export * from 'diagnostics_channel'; export { default } from 'diagnostics_channel'; }
declare module 'node:tty' { export * from 'tty'; export { default } from 'tty'; }
declare module 'node:module' { export * from 'module'; export { default } from 'module'; }
declare module 'node:events' { export * from 'events'; export { default } from 'events'; }
declare module 'node:path' { export * from 'path'; export { default } from 'path'; }
declare module 'node:os' { export * from 'os'; export { default } from 'os'; }
declare module 'node:util/types' { export * from 'util/types'; export { default } from 'util/types'; }
declare module 'node:sys' { export * from 'util'; export { default } from 'util'; }
declare module 'node:constants' { export { default } from 'constants'; }
declare module 'node:path/posix' { export * from 'path/posix'; export { default } from 'path/posix'; }
declare module 'node:path/win32' { export * from 'path/win32'; export { default } from 'path/win32'; }
declare module 'node:util' { export * from 'util'; export { default } from 'util'; }
declare module 'node:url' { export * from 'url'; export { default } from 'url'; }
declare module 'node:querystring' { export * from 'querystring'; export { default } from 'querystring'; }
declare module 'node:assert' { export * from 'assert'; export { default } from 'assert'; }
declare module 'node:assert/strict' { export * from 'assert'; export { default } from 'assert'; }
declare module 'node:timers/promises' { export * from 'timers/promises'; export { default } from 'timers/promises'; }
declare module 'node:timers' { export * from 'timers'; export { default } from 'timers'; }
declare module 'node:worker_threads' { export * from 'worker_threads'; export { default } from 'worker_threads'; }
declare module 'node:perf_hooks' { export * from 'perf_hooks'; export { default } from 'perf_hooks'; }
declare module 'node:stream/web' { export * from 'stream/web'; export { default } from 'stream/web'; }
declare module 'node:process' { export * from 'process'; export { default } from 'process'; }
declare module 'node:console' { export { default } from 'console'; }
