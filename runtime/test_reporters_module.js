// node:test/reporters: https://nodejs.org/api/test.html#test-reporters

export { default, dot, junit, spec, tap } from 'internal:test_reporters';
