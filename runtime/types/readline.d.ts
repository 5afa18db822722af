// The types of `readline`.
