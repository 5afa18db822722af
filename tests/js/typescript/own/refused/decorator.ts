@sealed
export class A {}
