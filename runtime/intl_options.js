// intl_options: how the classes of Intl read locales and options.
// https://tc39.es/ecma402/#sec-abstract-operations

const LOCALE = 'en-US';

/** A language tag in its usual case; a RangeError for what is none. */
export function canonical(tag) {
  if (typeof tag !== 'string' && (typeof tag !== 'object' || tag === null)) {
    throw new TypeError('Incorrect locale information provided');
  }
  const text = `${tag}`;
  if (!/^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i.test(text)) {
    throw new RangeError(`Incorrect locale information provided`);
  }
  const [language, ...rest] = text.split('-');
  let single = false;
  const parts = rest.map((part) => {
    if (part.length === 1) single = true;
    if (single) return part.toLowerCase();
    if (part.length === 4 && /^[a-z]+$/i.test(part)) {
      return part[0].toUpperCase() + part.slice(1).toLowerCase();
    }
    return part.length === 2 || /^\d{3}$/.test(part) ? part.toUpperCase() : part.toLowerCase();
  });
  return [language.toLowerCase(), ...parts].join('-');
}

export function canonicalList(locales) {
  if (locales === undefined) return [];
  if (locales === null) throw new TypeError('Cannot convert undefined or null to object');
  const list = typeof locales === 'string' ? [locales] : Array.from(Object(locales));
  return [...new Set(list.map(canonical))];
}

/** There is one locale: what is asked for is checked, and English is what comes. */
export function resolved(locales) {
  canonicalList(locales);
  return LOCALE;
}

resolved.supported = (locales) => (
  canonicalList(locales).filter((tag) => tag === 'en' || tag === LOCALE || tag.startsWith(`${LOCALE}-`))
);

/** One of the texts that an option may have. */
export function option(options, name, allowed, fallback, owner) {
  const value = options[name];
  if (value === undefined) return fallback;
  const text = `${value}`;
  if (allowed.includes(text)) return text;
  throw new RangeError(`Value ${text} out of range for Intl.${owner} options property ${name}`);
}

/** A whole number between two others. */
export function range(options, name, least, most, fallback) {
  const value = options[name];
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!(number >= least && number <= most)) throw new RangeError(`${name} value is out of range.`);
  return Math.floor(number);
}
