//! Ciphers: the natives that encrypt and decrypt.

mod absorber;
mod blocks;
mod chacha;
mod gcm;
mod natives;
mod start;
mod state;
mod suite;
mod whole;

use crate::js::interface::Op;

pub(in crate::builtin) const OPS: &[Op] = &[
    ("cipherNames", 0, natives::names),
    ("cipherInfo", 1, natives::info),
    ("startCipher", 4, natives::start_cipher),
    ("setPadding", 2, natives::set_padding),
    ("addAuthenticated", 2, natives::add_authenticated),
    ("updateCipher", 2, natives::update_cipher),
    ("finishCipher", 2, natives::finish_cipher),
    ("seal", 7, whole::seal),
    ("count", 4, whole::count),
    ("wrap", 3, whole::wrap),
];
