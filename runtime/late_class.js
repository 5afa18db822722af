// A class whose file is loaded when something is made of it or asked of it.

export function lateClass(load, module, name) {
  const real = () => load(module)[name];
  const late = new Proxy(function() {}, {
    apply: (_, self, values) => Reflect.apply(real(), self, values),
    construct: (_, values, target) => (
      Reflect.construct(real(), values, target === late ? real() : target)
    ),
    get: (_, key) => Reflect.get(real(), key),
    set: (_, key, value) => Reflect.set(real(), key, value),
    has: (_, key) => Reflect.has(real(), key),
    getPrototypeOf: () => Reflect.getPrototypeOf(real()),
  });
  return late;
}
