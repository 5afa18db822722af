// The types of `dgram`.
