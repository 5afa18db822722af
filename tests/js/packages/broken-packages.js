// A package that is broken is named, with what is wrong.
import assert from 'assert';

const refused = (specifier, code, message) =>
  assert.rejects(import(specifier), { code, message });
await refused('broken', 'ERR_INVALID_PACKAGE_CONFIG', /broken\/package\.json is not valid: .*line/);
await refused('mixed', 'ERR_INVALID_PACKAGE_CONFIG', /paths, which begin with '\.', beside conditions/);
await refused('addon', 'ERR_UNKNOWN_FILE_EXTENSION', /native add-on/);
await refused('empty', 'ERR_MODULE_NOT_FOUND', /there is no .*empty/);
await refused('not-installed', 'ERR_MODULE_NOT_FOUND', /npm install not-installed/);
await refused('@scope', 'ERR_INVALID_MODULE_SPECIFIER', /two parts/);
await refused('./own', 'ERR_UNSUPPORTED_DIR_IMPORT', /is a directory/);
await refused('node:nothing', 'ERR_MODULE_NOT_FOUND', /no 'nothing'/);
