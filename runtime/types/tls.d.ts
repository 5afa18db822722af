// The types of `tls`.

declare module 'tls' {
  import * as net from 'net';

  /** PEM, bytes, or the path of a file. */
  export type Material = string | Uint8Array;

  export interface SecureContextOptions {
    ca?: Material | Material[];
    cert?: Material | Material[];
    key?: Material | Material[];
    pfx?: Material | Material[];
    passphrase?: string;
    minVersion?: 'TLSv1.2' | 'TLSv1.3';
    maxVersion?: 'TLSv1.2' | 'TLSv1.3';
  }

  interface CommonOptions extends SecureContextOptions {
    secureContext?: SecureContext;
    ALPNProtocols?: string[] | Uint8Array[] | Uint8Array;
    rejectUnauthorized?: boolean;
    requestCert?: boolean;
  }

  export interface ConnectionOptions extends CommonOptions, net.ConnectOptions, net.SocketOptions {
    /** A connection of `net` that is there, on which TLS begins. */
    socket?: net.Socket;
    servername?: string;
    checkServerIdentity?: typeof checkServerIdentity;
  }

  export interface TlsOptions extends CommonOptions, net.NetServerOptions {
    /** Certificates for other names. */
    sni?: Record<string, SecureContextOptions>;
  }

  export interface TLSSocketOptions extends CommonOptions {
    isServer?: boolean;
    servername?: string;
  }

  export interface PeerCertificate {
    subject: Record<string, string>;
    issuer: Record<string, string>;
    subjectaltname?: string;
    valid_from: string;
    valid_to: string;
    fingerprint256: string;
    serialNumber: string;
    raw: Uint8Array;
    issuerCertificate?: PeerCertificate;
  }

  /** A socket that speaks TLS. */
  export class TLSSocket extends net.Socket {
    constructor(socket?: net.Socket, options?: TLSSocketOptions);
    readonly encrypted: true;
    readonly authorized: boolean;
    readonly authorizationError: string | null;
    readonly alpnProtocol: string | false | null;
    readonly servername?: string;
    readonly secureConnecting: boolean;
    getPeerCertificate(detailed?: boolean): PeerCertificate | {};
    getProtocol(): string | null;
    getCipher(): { name: string; standardName: string; version: string } | {};
    isSessionReused(): boolean;
    setServername(name: string): void;
    disableRenegotiation(): void;
    getX509Certificate(): never;
    getPeerX509Certificate(): never;
  }

  /** Listens for connections that speak TLS. */
  export class Server extends net.Server {
    constructor(options?: TlsOptions, listener?: (socket: TLSSocket) => void);
    constructor(listener?: (socket: TLSSocket) => void);
    setSecureContext(options: SecureContextOptions): void;
    addContext(hostname: string, context: SecureContext | SecureContextOptions): void;
  }

  /** Certificates and keys that have been looked at. */
  export class SecureContext {
    constructor(options?: SecureContextOptions);
    readonly options: SecureContextOptions;
    readonly context: object;
  }

  export const DEFAULT_MIN_VERSION: 'TLSv1.2';
  export const DEFAULT_MAX_VERSION: 'TLSv1.3';
  export const DEFAULT_ECDH_CURVE: 'auto';
  export const CLIENT_RENEG_LIMIT: number;
  export const CLIENT_RENEG_WINDOW: number;
  /** The system's authorities, in PEM. */
  export const rootCertificates: readonly string[];

  /** A new socket that connects and speaks TLS; the listener is that of 'secureConnect'. */
  export function connect(options: ConnectionOptions, listener?: () => void): TLSSocket;
  export function connect(
    port: number, host?: string, options?: ConnectionOptions, listener?: () => void,
  ): TLSSocket;
  export function connect(
    port: number, options?: ConnectionOptions, listener?: () => void,
  ): TLSSocket;
  /** Listens for connections that speak TLS. */
  export function createServer(
    options?: TlsOptions, listener?: (socket: TLSSocket) => void,
  ): Server;
  export function createServer(listener?: (socket: TLSSocket) => void): Server;
  /** Looks at certificates and keys, and throws if they cannot be used. */
  export function createSecureContext(options?: SecureContextOptions): SecureContext;
  /** An error unless a certificate is for this host. */
  export function checkServerIdentity(
    hostname: string, certificate: PeerCertificate,
  ): Error | undefined;
  /** What rustls speaks. */
  export function getCiphers(): string[];
  /** The authorities that are trusted, in PEM. */
  export function getCACertificates(type?: 'default' | 'system' | 'bundled'): readonly string[];

  const tls: {
    CLIENT_RENEG_LIMIT: number;
    CLIENT_RENEG_WINDOW: number;
    DEFAULT_ECDH_CURVE: 'auto';
    DEFAULT_MAX_VERSION: 'TLSv1.3';
    DEFAULT_MIN_VERSION: 'TLSv1.2';
    SecureContext: typeof SecureContext;
    Server: typeof Server;
    TLSSocket: typeof TLSSocket;
    checkServerIdentity: typeof checkServerIdentity;
    connect: typeof connect;
    createSecureContext: typeof createSecureContext;
    createServer: typeof createServer;
    getCACertificates: typeof getCACertificates;
    getCiphers: typeof getCiphers;
    readonly rootCertificates: readonly string[];
  };
  export default tls;
}

declare module 'node:tls' {
  export * from 'tls';
  export { default } from 'tls';
}
