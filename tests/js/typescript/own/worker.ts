import { area, type Shape } from './shape.ts';

onmessage = ({ data }: { data: Omit<Shape, 'kind'> }) => {
  postMessage(area({ kind: 'square', ...data }) as number);
};
