import { title } from './circular.js';
export const name = `b of ${title}`;
