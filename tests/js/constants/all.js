// The module `constants` has the numbers of fs, by name.
import assert from 'assert';
import constants from 'constants';
import fs from 'fs';

for (const name of ['O_RDONLY', 'O_CREAT', 'S_IFMT', 'F_OK', 'COPYFILE_EXCL']) {
  assert.equal(constants[name], fs.constants[name]);
}
