// Files that are imported with a type. The compiler does not look at the attribute, so the ending
// decides here: of a file with another ending, or another use, say what it is with `as`.
//
//   import words from './words.txt' with { type: 'text' };
//   import bytes from './image.png' with { type: 'bytes' };
//
// JSON needs no declaration: the compiler reads it.

declare module '*.txt' {
  /** The text of the file, imported with `{ type: 'text' }`. */
  const text: string;
  export default text;
}
declare module '*.md' {
  /** The text of the file, imported with `{ type: 'text' }`. */
  const text: string;
  export default text;
}
declare module '*.html' {
  /** The text of the file, imported with `{ type: 'text' }`. */
  const text: string;
  export default text;
}
declare module '*.css' {
  /** The text of the file, imported with `{ type: 'text' }`. */
  const text: string;
  export default text;
}
declare module '*.sql' {
  /** The text of the file, imported with `{ type: 'text' }`. */
  const text: string;
  export default text;
}
declare module '*.svg' {
  /** The text of the file, imported with `{ type: 'text' }`. */
  const text: string;
  export default text;
}
declare module '*.bin' {
  /** The bytes of the file, imported with `{ type: 'bytes' }`. */
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
declare module '*.png' {
  /** The bytes of the file, imported with `{ type: 'bytes' }`. */
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
declare module '*.ico' {
  /** The bytes of the file, imported with `{ type: 'bytes' }`. */
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
