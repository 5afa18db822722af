//! The built-ins of `crypto`, and of the global of that name.

use super::{crypto, late_import};
use crate::js::loader::Builtin;

pub(super) const CRYPTO: &[Builtin] = &[
    Builtin { name: "crypto", source: include_str!("../../runtime/crypto.js"), ops: crypto::OPS },
    Builtin { name: "internal:crypto_late", source: "", ops: crypto::LATE_OPS },
    Builtin {
        name: "internal:crypto_bytes",
        source: include_str!("../../runtime/crypto_bytes.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:crypto_ciphers",
        source: include_str!("../../runtime/crypto_ciphers.js"),
        ops: crypto::cipher::OPS,
    },
    Builtin {
        name: "internal:crypto_derivation",
        source: include_str!("../../runtime/crypto_derivation.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:crypto_exchange",
        source: include_str!("../../runtime/crypto_exchange.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:crypto_jwk",
        source: include_str!("../../runtime/crypto_jwk.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:crypto_keys",
        source: include_str!("../../runtime/crypto_keys.js"),
        ops: crypto::KEY_OPS,
    },
    Builtin {
        name: "internal:crypto_pairs",
        source: include_str!("../../runtime/crypto_pairs.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:crypto_signatures",
        source: include_str!("../../runtime/crypto_signatures.js"),
        ops: crypto::SIGNATURE_OPS,
    },
    Builtin {
        name: "internal:crypto_stream",
        source: include_str!("../../runtime/crypto_stream.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:webcrypto",
        source: include_str!("../../runtime/webcrypto.js"),
        ops: late_import::OPS,
    },
    Builtin {
        name: "internal:webcrypto_aes",
        source: include_str!("../../runtime/webcrypto_aes.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:webcrypto_asymmetric",
        source: include_str!("../../runtime/webcrypto_asymmetric.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:webcrypto_ec",
        source: include_str!("../../runtime/webcrypto_ec.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:webcrypto_kdf",
        source: include_str!("../../runtime/webcrypto_kdf.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:webcrypto_key",
        source: include_str!("../../runtime/webcrypto_key.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:webcrypto_hmac",
        source: include_str!("../../runtime/webcrypto_hmac.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:webcrypto_parameters",
        source: include_str!("../../runtime/webcrypto_parameters.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:webcrypto_rsa",
        source: include_str!("../../runtime/webcrypto_rsa.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:webcrypto_subtle",
        source: include_str!("../../runtime/webcrypto_subtle.js"),
        ops: late_import::OPS,
    },
];
