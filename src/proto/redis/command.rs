//! Commands: arrays of strings.

/// A command that is being written.
pub struct Command<'a> {
    out: &'a mut Vec<u8>,
}

impl<'a> Command<'a> {
    /// One with so many arguments, its name among them, which are to be added.
    pub fn new(out: &'a mut Vec<u8>, arguments: usize) -> Self {
        head(out, b'*', arguments);
        Self { out }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(self, bytes: &[u8]) -> Self {
        self.args(&[bytes])
    }

    /// Adds one argument that is put together of these.
    #[must_use]
    pub fn args(self, pieces: &[&[u8]]) -> Self {
        head(self.out, b'$', pieces.iter().map(|piece| piece.len()).sum());
        for piece in pieces {
            self.out.extend_from_slice(piece);
        }
        self.out.extend_from_slice(b"\r\n");
        self
    }

    /// It is whole.
    pub fn end(self) {}
}

/// Writes a command of which all arguments are there.
pub fn write_command<A: AsRef<[u8]>>(arguments: &[A], out: &mut Vec<u8>) {
    let command = Command::new(out, arguments.len());
    arguments.iter().fold(command, |command, argument| command.arg(argument.as_ref())).end();
}

/// Bytes that a command takes, more or less.
pub fn count_arguments<A: AsRef<[u8]>>(arguments: &[A]) -> usize {
    arguments.iter().map(|argument| argument.as_ref().len() + 16).sum::<usize>() + 16
}

fn head(out: &mut Vec<u8>, kind: u8, count: usize) {
    out.push(kind);
    let mut digits = [0; 20];
    let (mut at, mut rest) = (digits.len(), count);
    loop {
        at -= 1;
        // A digit fits.
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
    out.extend_from_slice(b"\r\n");
}
