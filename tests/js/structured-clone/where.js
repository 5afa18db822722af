// The message names what cannot be cloned, and where in the value it is.

function refused(value, expected) {
  try {
    structuredClone(value);
  } catch (error) {
    if (error.name === 'DataCloneError' && error.message === expected) return;
    throw new Error(`${error}`);
  }
  throw new Error(`no error: ${expected}`);
}

refused(function f() {}, "the function 'f' could not be cloned");
refused({ list: [1, { f() {} }] }, "the function 'f' at value.list[1].f could not be cloned");
refused({ 'odd name': Symbol('s') }, 'a symbol at value["odd name"] could not be cloned');
refused(
  [new Map([['k', [new WeakMap()]]])],
  "an object of class 'WeakMap' at value[0].get(\"k\")[0] could not be cloned",
);
refused(new Map([[() => 1, 1]]), "the function '' at value.keys() could not be cloned");
refused(new Set([Symbol('s')]), 'a symbol at value.values() could not be cloned');
refused(
  new Error('x', { cause: { f() {} } }),
  "the function 'f' at value.cause.f could not be cloned",
);
let deep = Symbol('s');
for (let i = 0; i < 20; i++) deep = [deep];
refused(deep, `a symbol at value…${'[0]'.repeat(8)} could not be cloned`);
