// Wrong arguments are errors at once.
import assert from 'assert';

const fails = (run, expected) => assert.throws(run, expected);
fails(() => new Worker(), { code: 'ERR_MISSING_ARGS' });
fails(() => new Worker(5), { code: 'ERR_INVALID_ARG_TYPE' });
fails(() => new Worker('https://example.com/worker.js'), {
  name: 'SyntaxError',
  message: "cannot make a worker of 'https://example.com/worker.js': a worker is loaded from a "
    + 'file, or a data: or blob: URL, not from https:',
});
fails(() => new Worker('data:text/plain,1'), {
  message: "cannot make a worker of 'data:': its type is not text/javascript",
});
fails(() => new Worker('data:text/javascript;base64,***'), { message: /it is not valid base64$/ });
fails(() => new Worker('blob:null/gone'), { message: /it was revoked, or is none$/ });
fails(() => new Worker(URL.createObjectURL(new Blob(['1'], { type: 'text/html' }))), {
  message: /the type of its Blob is not text\/javascript$/,
});
fails(() => new Worker('file://elsewhere/worker.js'), { name: 'SyntaxError' });
fails(() => new Worker('./x.js', { type: 'classic' }), {
  code: 'ERR_INVALID_ARG_VALUE', message: /workers: import takes the place of importScripts$/,
});
fails(() => new Worker('./x.js', { type: 'modul' }), { code: 'ERR_INVALID_ARG_TYPE' });
fails(() => new Worker('./x.js', { worker_data: 1 }), {
  message: /^unknown option worker_data: did you mean workerData\?/,
});
fails(() => new Worker('./x.js', { argv: 'x' }), { message: /argv must be an array of strings/ });
fails(() => new Worker('./x.js', 'module'), { code: 'ERR_INVALID_ARG_TYPE' });
fails(() => new Worker('', { eval: true, workerData: () => 1 }), { name: 'DataCloneError' });
