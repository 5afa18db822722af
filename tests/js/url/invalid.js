// What is no URL is a TypeError with ERR_INVALID_URL.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

function fails(run, name) {
  try {
    run();
  } catch (error) {
    equal(error.name, name);
    return;
  }
  throw new Error(`${run} did not throw`);
}

for (const wrong of ['', 'x', 'http://', 'http://a b/', 'http://h:99999/', '//h']) {
  fails(() => new URL(wrong), 'TypeError');
}
try {
  new URL('nope');
} catch (error) {
  equal(error.code, 'ERR_INVALID_URL');
}
fails(() => new URL(), 'TypeError');
fails(() => URL('http://h/'), 'TypeError');
fails(() => { new URL('http://h').href = 'x'; }, 'TypeError');
