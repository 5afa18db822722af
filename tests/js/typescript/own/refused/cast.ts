export const a = (<string>globalThis.b);
