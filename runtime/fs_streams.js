// Streams over files.
