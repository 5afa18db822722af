import type { Shape } from './shape.ts';
const { area } = require('./shape.ts') as { area: (shape: Shape) => number };
exports.kind = 'common' as string;
exports.where = __dirname;
exports.nine = area({ kind: 'square', side: 3 });
