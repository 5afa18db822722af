// Regular expressions keep their pattern and flags, and start anew.

const patterns = [
  /a\/b/gi, /[/]/, /\\\//, new RegExp('/'), new RegExp('\n'), new RegExp(''), /(?<n>é)\k<n>/u,
];
for (const source of patterns) {
  source.lastIndex = 1;
  const clone = structuredClone({ source }).source;
  if (!(clone instanceof RegExp) || `${clone}` !== `${source}` || clone.lastIndex !== 0) {
    throw new Error(`${clone} is not ${source}`);
  }
}
