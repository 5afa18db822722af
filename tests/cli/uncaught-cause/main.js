const cause = new RangeError('too old');
throw Object.assign(new Error('bad age', { cause }), { field: 'age' });
