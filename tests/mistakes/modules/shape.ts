export const area: number = 1;
