// rxjs: values in time, joined and reduced. The engine has no import of a name `of` without `as`.
import assert from 'assert';
import { filter, interval, lastValueFrom, map, merge, of as of, take, toArray } from 'rxjs';

const source = merge(of(1, 2, 3), interval(1).pipe(take(3))).pipe(map((n) => n * 10), filter((n) => n > 0), toArray());
assert.deepEqual(await lastValueFrom(source), [10, 20, 30, 10, 20]);
