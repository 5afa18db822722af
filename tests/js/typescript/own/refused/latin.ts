export const a: string = `café`;
