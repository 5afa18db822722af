export const a: number = 1;
export enum Color { Red }
