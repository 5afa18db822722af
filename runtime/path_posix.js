// path/posix: https://nodejs.org/api/path.html#pathposix

export * from 'path';
export { posix as default } from 'path';
