export class A {
  constructor(private name: string) {}
}
