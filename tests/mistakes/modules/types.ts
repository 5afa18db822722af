export const add = (a: number) => a;
