// Stats, BigIntStats, StatFs and Dirent: what fs tells of files, made of what the native half found.
//
// Spec: https://nodejs.org/api/fs.html#class-fsstats

const kind = Symbol('type');

const [TYPE_BITS, FIFO, CHARACTERS, FOLDER, BLOCKS, FILE, LINK, SOCKET] = [
  0o170000, 0o010000, 0o020000, 0o040000, 0o060000, 0o100000, 0o120000, 0o140000,
];
const FIELDS = ['dev', 'mode', 'nlink', 'uid', 'gid', 'rdev', 'blksize', 'ino', 'size', 'blocks'];
const TIMES = ['atime', 'mtime', 'ctime', 'birthtime'];

class FileStats {
  #is(type) {
    return (Number(this.mode) & TYPE_BITS) === type;
  }

  isDirectory() {
    return this.#is(FOLDER);
  }

  isFile() {
    return this.#is(FILE);
  }

  isBlockDevice() {
    return this.#is(BLOCKS);
  }

  isCharacterDevice() {
    return this.#is(CHARACTERS);
  }

  isSymbolicLink() {
    return this.#is(LINK);
  }

  isFIFO() {
    return this.#is(FIFO);
  }

  isSocket() {
    return this.#is(SOCKET);
  }
}

/** The fields by name, and the times as dates. */
function fill(stats, fields) {
  for (let at = 0; at < FIELDS.length; at++) stats[FIELDS[at]] = fields[at];
  for (let at = 0; at < TIMES.length; at++) stats[`${TIMES[at]}Ms`] = fields[FIELDS.length + at];
  if (fields.length > FIELDS.length + TIMES.length) {
    for (let at = 0; at < TIMES.length; at++) {
      stats[`${TIMES[at]}Ns`] = fields[FIELDS.length + TIMES.length + at];
    }
  }
  for (const time of TIMES) stats[time] = new Date(Math.round(Number(stats[`${time}Ms`])));
}

export class Stats extends FileStats {
  constructor(fields) {
    super();
    fill(this, fields);
  }
}

export class BigIntStats extends FileStats {
  constructor(fields) {
    super();
    fill(this, fields);
  }
}

export class StatFs {
  constructor([type, bsize, blocks, bfree, bavail, files, ffree]) {
    Object.assign(this, { type, bsize, blocks, bfree, bavail, files, ffree });
  }
}

/** A file as a folder lists it. */
export class Dirent {
  constructor(name, path, type) {
    this.name = name;
    this.parentPath = path;
    this.path = path;
    this[kind] = type;
  }

  isFile() {
    return this[kind] === 1;
  }

  isDirectory() {
    return this[kind] === 2;
  }

  isSymbolicLink() {
    return this[kind] === 3;
  }

  isFIFO() {
    return this[kind] === 4;
  }

  isSocket() {
    return this[kind] === 5;
  }

  isCharacterDevice() {
    return this[kind] === 6;
  }

  isBlockDevice() {
    return this[kind] === 7;
  }
}

/** The files of a folder, of names, folders and kinds in turn. */
export function listed(found) {
  const list = [];
  for (let at = 0; at < found.length; at += 3) {
    list.push(new Dirent(found[at], found[at + 1], found[at + 2]));
  }
  return list;
}
