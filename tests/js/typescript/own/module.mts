export const kind: string = 'module';
export const url: string = import.meta.url;
