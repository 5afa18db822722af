export function start() {}
export const port = 1;
