// path/win32: https://nodejs.org/api/path.html#pathwin32

import { win32 } from 'path';

export const {
  resolve, normalize, isAbsolute, join, relative, toNamespacedPath, dirname, basename, extname,
  format, parse, sep, delimiter, matchesGlob, posix,
} = win32;
export { win32 };
export default win32;
