export type Area = number;
export interface Shape { kind: 'square'; side: number }
export const area = ({ side }: Shape): Area => side ** 2;
export type { Shape as Form };
