//! The modes. Each one owns what it sends and what it insists on getting back.

pub(crate) mod churn;
pub(crate) mod echo;
pub(crate) mod fanout;
pub(crate) mod http;
pub(crate) mod idle;
pub(crate) mod listen;
mod pairs;
pub(crate) mod startup;
