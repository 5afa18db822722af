//! What goes through a syntax tree: its methods are in `walk`, and in `expressions`.

use super::builder::Builder;

#[derive(Default)]
pub(super) struct Walker {
    pub(super) builder: Builder,
}
