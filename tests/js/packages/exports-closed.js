// What a package does not export stays its own, and the error says what it does export.
import assert from 'assert';

const refused = (specifier, code, message) =>
  assert.rejects(import(specifier), { name: 'Error', code, message });
await refused('exporting/src/a.mjs', 'ERR_PACKAGE_PATH_NOT_EXPORTED', /it exports '\.', '\.\/conditions'/);
await refused('exporting/none', 'ERR_PACKAGE_PATH_NOT_EXPORTED', /krandog, node, import/);
await refused('exporting/gone', 'ERR_MODULE_NOT_FOUND', /there is no .*gone\.mjs/);
await refused('exporting/outside', 'ERR_INVALID_PACKAGE_TARGET', /not a path inside of the package/);
