// The types of `punycode`.

declare module 'punycode' {
  /** A label in ASCII, without the prefix. */
  export function encode(text: string): string;
  export function decode(text: string): string;
  /** A name, or an address, in ASCII. */
  export function toASCII(name: string): string;
  export function toUnicode(name: string): string;
  export const ucs2: { decode(text: string): number[]; encode(codes: number[]): string };
  export const version: string;
  const own: Omit<typeof import('punycode'), 'default'>;
  export default own;
}
declare module 'node:punycode' { export * from 'punycode'; export { default } from 'punycode'; }
