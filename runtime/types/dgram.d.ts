// The types of `dgram`.

declare module 'dgram' {
  import { EventEmitter } from 'events';
  import { AddressInfo, BlockList } from 'net';

  export interface SocketOptions {
    type: 'udp4' | 'udp6';
    reuseAddr?: boolean;
    reusePort?: boolean;
    ipv6Only?: boolean;
    recvBufferSize?: number;
    sendBufferSize?: number;
    lookup?: Function;
    signal?: AbortSignal;
    receiveBlockList?: BlockList;
    sendBlockList?: BlockList;
  }

  export interface BindOptions {
    port?: number;
    address?: string;
    exclusive?: boolean;
  }

  /** From whom a datagram comes. */
  export interface RemoteInfo extends AddressInfo {
    size: number;
  }

  type Data = string | ArrayBufferView | readonly (string | ArrayBufferView)[];
  type Sent = (error: Error | null, bytes: number) => void;

  /** A socket of datagrams. */
  export class Socket extends EventEmitter {
    constructor(
      options: SocketOptions | 'udp4' | 'udp6',
      listener?: (message: Uint8Array, from: RemoteInfo) => void,
    );
    readonly type: 'udp4' | 'udp6';
    bind(port?: number, address?: string, callback?: () => void): this;
    bind(port?: number, callback?: () => void): this;
    bind(options: BindOptions, callback?: () => void): this;
    bind(callback?: () => void): this;
    connect(port: number, address?: string, callback?: (error?: Error) => void): void;
    connect(port: number, callback?: (error?: Error) => void): void;
    disconnect(): void;
    send(message: Data, port?: number, address?: string, callback?: Sent): void;
    send(message: Data, port?: number, callback?: Sent): void;
    send(message: Data, callback?: Sent): void;
    send(
      message: string | ArrayBufferView, offset: number, length: number, port?: number,
      address?: string, callback?: Sent,
    ): void;
    close(callback?: () => void): this;
    address(): AddressInfo;
    remoteAddress(): AddressInfo;
    setBroadcast(wanted: boolean): void;
    setTTL(ttl: number): number;
    setMulticastTTL(ttl: number): number;
    setMulticastLoopback(wanted: boolean): boolean;
    setMulticastInterface(address: string): void;
    addMembership(group: string, address?: string): void;
    dropMembership(group: string, address?: string): void;
    addSourceSpecificMembership(source: string, group: string, address?: string): void;
    dropSourceSpecificMembership(source: string, group: string, address?: string): void;
    getRecvBufferSize(): number;
    getSendBufferSize(): number;
    setRecvBufferSize(size: number): void;
    setSendBufferSize(size: number): void;
    getSendQueueSize(): number;
    getSendQueueCount(): number;
    ref(): this;
    unref(): this;
  }

  /** A new socket; the listener is that of 'message'. */
  export function createSocket(
    options: SocketOptions | 'udp4' | 'udp6',
    listener?: (message: Uint8Array, from: RemoteInfo) => void,
  ): Socket;

  const dgram: { Socket: typeof Socket; createSocket: typeof createSocket };
  export default dgram;
}

declare module 'node:dgram' {
  export * from 'dgram';
  export { default } from 'dgram';
}
