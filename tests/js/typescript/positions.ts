// What is shown of an error is the TypeScript, with its line and column.
import assert from 'assert';

interface Options { deep?: { value: number } }
function fail(options: Options, more: Map<string, number> = new Map<string, number>()): never {
  const shown: string = `${more.size}` as string; throw new RangeError(shown satisfies string);
}

let caught!: Error;
try { fail({} as Options) } catch (error) { caught = error as Error }
const [, first, second] = caught.stack!.split('\n');
assert.match(first!, /typescript\/positions\.ts:6:5\d/);
assert.match(second!, /typescript\/positions\.ts:10:1\d/);
