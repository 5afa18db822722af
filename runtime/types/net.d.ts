// The types of `net`.

declare module 'net' {
  import { EventEmitter } from 'events';
  import { Duplex, DuplexOptions } from 'stream';

  /** Where a socket or a server is. */
  export interface AddressInfo {
    address: string;
    family: string;
    port: number;
  }

  export interface SocketOptions extends DuplexOptions {
    allowHalfOpen?: boolean;
    noDelay?: boolean;
    keepAlive?: boolean;
    keepAliveInitialDelay?: number;
    signal?: AbortSignal;
    /** Chunks go into this buffer and to this function, in place of 'data'. */
    onread?: {
      buffer: Uint8Array | (() => Uint8Array);
      callback(this: Socket, bytes: number, buffer: Uint8Array): boolean;
    };
  }

  /** Called for a name: with an error, or an address and its family, or a list of these. */
  export type LookupFunction = (
    hostname: string,
    options: { family?: number; hints?: number; all?: boolean },
    callback: (error: Error | null, address: any, family?: number) => void,
  ) => void;

  export interface ConnectOptions {
    port?: number | string;
    /** `localhost` without. */
    host?: string;
    /** A path in the file system in place of a port. */
    path?: string;
    localAddress?: string;
    localPort?: number;
    family?: number;
    hints?: number;
    lookup?: LookupFunction;
    autoSelectFamily?: boolean;
    blockList?: BlockList;
    timeout?: number;
  }

  /** A connection whose bytes are the script's own. */
  export class Socket extends Duplex {
    constructor(options?: SocketOptions);
    connecting: boolean;
    timeout?: number;
    server: Server | null;
    readonly localAddress?: string;
    readonly localPort?: number;
    readonly localFamily?: string;
    readonly remoteAddress?: string;
    readonly remotePort?: number;
    readonly remoteFamily?: string;
    readonly bytesRead: number;
    readonly bytesWritten: number;
    readonly bufferSize?: number;
    readonly pending: boolean;
    readonly readyState: 'opening' | 'open' | 'readOnly' | 'writeOnly' | 'closed';
    connect(options: ConnectOptions, listener?: () => void): this;
    connect(port: number, host?: string, listener?: () => void): this;
    connect(port: number, listener?: () => void): this;
    connect(path: string, listener?: () => void): this;
    address(): AddressInfo | {};
    destroySoon(): void;
    resetAndDestroy(): this;
    setTimeout(milliseconds: number, callback?: () => void): this;
    setNoDelay(wanted?: boolean): this;
    setKeepAlive(wanted?: boolean, initialDelay?: number): this;
    ref(): this;
    unref(): this;
  }

  export interface NetServerOptions {
    allowHalfOpen?: boolean;
    pauseOnConnect?: boolean;
    noDelay?: boolean;
    keepAlive?: boolean;
    keepAliveInitialDelay?: number;
    highWaterMark?: number;
    blockList?: BlockList;
  }

  export interface NetListenOptions {
    port?: number;
    host?: string;
    path?: string;
    fd?: number;
    backlog?: number;
    exclusive?: boolean;
    reusePort?: boolean;
    signal?: AbortSignal;
  }

  /** Listens for connections. */
  export class Server extends EventEmitter {
    constructor(options?: NetServerOptions, listener?: (socket: Socket) => void);
    constructor(listener?: (socket: Socket) => void);
    allowHalfOpen: boolean;
    pauseOnConnect: boolean;
    maxConnections?: number;
    readonly listening: boolean;
    listen(options: NetListenOptions, listener?: () => void): this;
    listen(port?: number, host?: string, backlog?: number, listener?: () => void): this;
    listen(port?: number, host?: string, listener?: () => void): this;
    listen(port?: number, listener?: () => void): this;
    listen(path: string, listener?: () => void): this;
    listen(listener?: () => void): this;
    close(callback?: (error?: Error) => void): this;
    address(): AddressInfo | string | null;
    getConnections(callback: (error: Error | null, count: number) => void): this;
    ref(): this;
    unref(): this;
  }

  /** Addresses that are not wanted. */
  export class BlockList {
    addAddress(address: string | SocketAddress, family?: 'ipv4' | 'ipv6'): void;
    addRange(
      start: string | SocketAddress, end: string | SocketAddress, family?: 'ipv4' | 'ipv6',
    ): void;
    addSubnet(network: string | SocketAddress, prefix: number, family?: 'ipv4' | 'ipv6'): void;
    check(address: string | SocketAddress, family?: 'ipv4' | 'ipv6'): boolean;
    readonly rules: string[];
    toJSON(): string[];
    fromJSON(rules: string | string[]): void;
    static isBlockList(value: unknown): value is BlockList;
  }

  /** An address and a port. */
  export class SocketAddress {
    constructor(options?: {
      address?: string; family?: 'ipv4' | 'ipv6'; port?: number; flowlabel?: number;
    });
    readonly address: string;
    readonly family: 'ipv4' | 'ipv6';
    readonly port: number;
    readonly flowlabel: number;
    toJSON(): object;
    static isSocketAddress(value: unknown): value is SocketAddress;
    static parse(input: string): SocketAddress | undefined;
  }

  export { Socket as Stream };

  /** Listens for connections; the listener is that of 'connection'. */
  export function createServer(
    options?: NetServerOptions, listener?: (socket: Socket) => void,
  ): Server;
  export function createServer(listener?: (socket: Socket) => void): Server;
  /** A new socket that connects; the listener is that of 'connect'. */
  export function connect(options: ConnectOptions & SocketOptions, listener?: () => void): Socket;
  export function connect(port: number, host?: string, listener?: () => void): Socket;
  export function connect(port: number, listener?: () => void): Socket;
  export function connect(path: string, listener?: () => void): Socket;
  /** The same. */
  export const createConnection: typeof connect;
  /** 4, 6, or 0 for what is no address. */
  export function isIP(text: string): number;
  /** Whether it is an address of IPv4. */
  export function isIPv4(text: string): boolean;
  /** Whether it is an address of IPv6. */
  export function isIPv6(text: string): boolean;
  /** Whether all addresses of a name are tried. */
  export function getDefaultAutoSelectFamily(): boolean;
  /** Has all addresses of a name tried, or one. */
  export function setDefaultAutoSelectFamily(value: boolean): void;
  /** The head start of an address over the next, in milliseconds. */
  export function getDefaultAutoSelectFamilyAttemptTimeout(): number;
  /** Sets what the other returns; the head start is always 250 ms. */
  export function setDefaultAutoSelectFamilyAttemptTimeout(value: number): void;

  const net: {
    Server: typeof Server;
    Socket: typeof Socket;
    Stream: typeof Socket;
    BlockList: typeof BlockList;
    SocketAddress: typeof SocketAddress;
    connect: typeof connect;
    createConnection: typeof connect;
    createServer: typeof createServer;
    isIP: typeof isIP;
    isIPv4: typeof isIPv4;
    isIPv6: typeof isIPv6;
    getDefaultAutoSelectFamily: typeof getDefaultAutoSelectFamily;
    setDefaultAutoSelectFamily: typeof setDefaultAutoSelectFamily;
    getDefaultAutoSelectFamilyAttemptTimeout: typeof getDefaultAutoSelectFamilyAttemptTimeout;
    setDefaultAutoSelectFamilyAttemptTimeout: typeof setDefaultAutoSelectFamilyAttemptTimeout;
  };
  export default net;
}

declare module 'node:net' {
  export * from 'net';
  export { default } from 'net';
}
