//! The projects that `krandog init` writes.

/// A project.
pub(super) struct Template {
    pub(super) name: &'static str,
    /// What it is, in a few words.
    pub(super) about: &'static str,
    pub(super) server: &'static str,
    pub(super) test: &'static str,
    pub(super) page: &'static str,
}

macro_rules! template {
    ($name:literal, $about:literal) => {
        Template {
            name: $name,
            about: $about,
            server: include_str!(concat!("../../runtime/init/", $name, "/server.js")),
            test: include_str!(concat!("../../runtime/init/", $name, "/server.test.js")),
            page: include_str!(concat!("../../runtime/init/", $name, "/public/index.html")),
        }
    };
}

/// All of them; the first is what is written unless another is asked for.
pub(super) const TEMPLATES: &[Template] = &[
    template!("chat", "a chat with rooms and names"),
    template!("game", "a game for many that the server keeps in step"),
    template!("relay", "a relay that passes on messages without a script"),
    template!("api", "a JSON service with routes, and a WebSocket that tells of changes"),
];
