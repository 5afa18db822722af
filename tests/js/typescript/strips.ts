// Types of every kind are left out, and what remains runs.
import assert from 'assert';
import type { Shape } from './own/shape.ts';
import { area, type Area } from './own/shape.ts';

type Pair<A, B = A> = readonly [A, B];
interface Named { readonly name: string; greet?(this: Named): void }
declare const nothing: unique symbol;
declare function nowhere(): void;
declare module 'elsewhere' { export const x: number }
declare global { interface Window { krandog: true } }
namespace Types { export type Only = string }
declare enum Ambient { A }

function overloaded(a: string): string;
function overloaded(a: number): number;
function overloaded(a: string | number): string | number { return a }

abstract class Base<T extends object> implements Named {
  declare readonly ghost: string;
  readonly name: string = 'base';
  protected static count?: number = 1;
  private readonly items!: T[];
  [key: string]: unknown;
  constructor(items?: T[]) { this.items = items ?? [] }
  abstract work(): void;
  public get size(): number { return this.items.length }
  async *each<U>(this: Base<T>, map: (item: T) => U): AsyncGenerator<U, void> {
    for (const item of this.items) yield map(item);
  }
}
class Derived extends Base<{ n: number }> {
  override work(): asserts this is Derived {}
}

const generic = <T,>(value: T): T => value;
const pair = [1, 'one'] as const satisfies Pair<number, string>;
const shape: Shape = { kind: 'square', side: 3 };
const either = (shape as unknown as { side?: number }).side!;
const isString = (value: unknown): value is string => typeof value === 'string';
const instantiated = generic<number>;
let optional: { deep?: { er?: number } } | undefined = { deep: { er: 5 } };
const made = new Map<string, Array<number>>([['a', [1]]]);
const { a, b = 2 }: { a: number; b?: number } = { a: 1 };
let later!: number;
later = 4;
label: for (const n of [1, 2] as number[]) { if (n > 1) break label }

assert.deepEqual(overloaded(1), 1);
const derived = new Derived([{ n: 1 }, { n: 2 }]);
const seen: number[] = [];
for await (const n of derived.each<number>(({ n }) => n * 10)) seen.push(n);
assert.deepEqual(seen, [10, 20]);
assert.deepEqual([derived.size, derived.name, 'ghost' in derived], [2, 'base', false]);
assert.deepEqual([generic('x'), pair[1], either, isString('')], ['x', 'one', 3, true]);
assert.deepEqual([instantiated(7), optional!.deep?.er!, made.get('a')![0]], [7, 5, 1]);
assert.deepEqual([a, b, later], [1, 2, 4]);
const result: Area = area(shape);
assert.equal(result, 9);
try { throw new Error('caught') } catch (error: unknown) { assert.equal((error as Error).message, 'caught') }
