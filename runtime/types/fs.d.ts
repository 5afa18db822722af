// The types of `fs`.
