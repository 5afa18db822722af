export enum Color { Red }
