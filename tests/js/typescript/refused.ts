// What is more than a type is named with its place, its code and what to write instead.
import assert from 'assert';

async function refused(name: string, place: string, message: RegExp): Promise<void> {
  const code = 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX';
  await assert.rejects(import(`./own/refused/${name}.ts`), (error: any) => {
    assert.deepEqual([error.name, error.code], ['SyntaxError', code]);
    assert.match(error.message, message);
    assert.ok(error.stack.includes(`/own/refused/${name}.ts:${place}`), error.stack);
    return true;
  });
}

await refused('enum', '2:8', /^an enum is code.*as const/);
await refused('namespace', '1:8', /^a namespace with values is code/);
await refused('parameter-property', '2:23', /^a parameter property is code.*this\.x = x/);
await refused('import-equals', '1:1', /^import x = … .*import x from/);
await refused('export-equals', '1:1', /^export = … .*export default/);
await refused('cast', '1:19', /^a type in angle brackets.*value as T/);

await assert.rejects(import('./own/refused/decorator.ts'), {
  code: 'ERR_INVALID_TYPESCRIPT_SYNTAX',
  message: /^decorators are not run/,
});
await assert.rejects(import('./own/refused/page.tsx'), {
  code: 'ERR_UNKNOWN_FILE_EXTENSION',
  message: /page\.tsx is TypeScript with JSX/,
});
await assert.rejects(import('./own/refused/latin.ts'), /latin\.ts is not valid UTF-8 at byte 2\d/);
await assert.rejects(import('typed'), {
  code: 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
  message: /typed\/index\.ts is TypeScript in node_modules: a package has to publish JavaScript/,
});
await assert.rejects(import('./own/shape.js'), {
  code: 'ERR_MODULE_NOT_FOUND',
  message: /did you mean '.*\/own\/shape\.ts'/,
});
await assert.rejects(import('./own'), { code: 'ERR_UNSUPPORTED_DIR_IMPORT' });
