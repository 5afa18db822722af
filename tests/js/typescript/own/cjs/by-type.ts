const kind: string = 'commonjs by package.json';
module.exports = { kind };
