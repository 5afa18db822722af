// The types of `net`.
