//! `krandog init [TEMPLATE] [DIR]`: a small project that runs, with a test and a page.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::templates::{TEMPLATES, Template};
use super::types;

/// What to write, and where.
pub struct Plan {
    template: &'static Template,
    folder: PathBuf,
}

impl Plan {
    /// Reads what stands behind `init`. A single word is the name of a template, if it is one, and
    /// otherwise a folder.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn of(words: &[String]) -> Result<Self, String> {
        if let Some(option) = words.iter().find(|word| word.starts_with('-')) {
            return Err(format!("init: there is no option '{option}'"));
        }
        let named = |word: &str| TEMPLATES.iter().find(|template| template.name == word);
        let (template, folder) = match words {
            [] => (&TEMPLATES[0], None),
            [word] => match named(word) {
                Some(template) => (template, None),
                None => (&TEMPLATES[0], Some(word)),
            },
            [word, folder] => match named(word) {
                Some(template) => (template, Some(folder)),
                None => {
                    return Err(format!(
                        "init: there is no template '{word}': they are {}",
                        list(TEMPLATES.iter().map(|template| template.name))
                    ));
                }
            },
            [_, _, more, ..] => return Err(format!("init: '{more}' is one word too many")),
        };
        let folder = folder.map_or_else(|| template.name.into(), PathBuf::from);
        Ok(Self { template, folder })
    }

    /// Writes the project, and returns what to tell of it.
    ///
    /// # Errors
    /// What to tell the user: the folder is not empty, or cannot be written.
    pub fn write(&self) -> Result<String, String> {
        let Self { template, folder } = self;
        let shown = folder.display();
        let name = package_name(folder);
        check_empty(folder)?;
        let files = [
            ("server.js", template.server.to_owned()),
            ("server.test.js", template.test.to_owned()),
            ("public/index.html", template.page.to_owned()),
            ("package.json", manifest(&name)),
            ("README.md", readme(&name, template)),
        ];
        let failed = |name: &str, why: &dyn std::fmt::Display| {
            format!("init: cannot write {}: {why}", folder.join(name).display())
        };
        fs::create_dir_all(folder.join("public")).map_err(|error| failed("public", &error))?;
        for (name, text) in &files {
            types::new_file(&folder.join(name), text, false)
                .map_err(|error| failed(name, &error))?;
        }
        let typed = types::write(folder, false).map_err(|why| format!("init: {why}"))?;
        let names = files.iter().map(|(name, _)| *name).chain(typed);
        let written: Vec<String> = names.map(|name| format!("  {name}\n")).collect();
        let written = written.concat();
        let about = template.about;
        let steps = match folder.to_str() {
            Some(".") => String::new(),
            _ => format!("  cd {shown}\n"),
        };
        Ok(format!(
            "{shown}: {about}\n\nWrote:\n{written}\nNext:\n{steps}  krandog server.js\n  krandog test\n"
        ))
    }
}

/// The names of all templates with what they are, a line each.
pub fn templates() -> String {
    let lines = TEMPLATES.iter().map(|Template { name, about, .. }| format!("  {name:6} {about}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// `a, b and c`
fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [] => String::new(),
        [name] => (*name).to_owned(),
        [names @ .., last] => format!("{} and {last}", names.join(", ")),
    }
}

/// Nothing is written among other files. A repository without files is fine.
fn check_empty(folder: &Path) -> Result<(), String> {
    let shown = folder.display();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(format!("init: cannot write to {shown}: {error}")),
    };
    let names = entries.filter_map(|entry| entry.ok().map(|entry| entry.file_name()));
    match names.filter(|name| name != ".git").min() {
        Some(name) => Err(format!(
            "init: {shown} is not empty, it has {}: name another folder",
            name.display()
        )),
        None => Ok(()),
    }
}

/// A name that npm would take: that of the folder, in lower case, without what is not allowed.
fn package_name(folder: &Path) -> String {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = whole.file_name().map(|name| name.to_string_lossy().to_lowercase());
    let kept = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let name: String = name.unwrap_or_default().chars().map(kept).collect();
    match name.trim_matches('-') {
        "" => "project".to_owned(),
        name => name.to_owned(),
    }
}

fn manifest(name: &str) -> String {
    format!(
        r#"{{
  "name": "{name}",
  "version": "0.1.0",
  "private": true,
  "type": "module",
  "scripts": {{
    "start": "krandog server.js",
    "test": "krandog test"
  }}
}}
"#
    )
}

fn readme(name: &str, template: &Template) -> String {
    let about = template.about;
    format!(
        "# {name}\n\nThis is {about}, for krandog.\n\n```sh\nkrandog server.js    # PORT=8080 for \
         another port\nkrandog test         # runs server.test.js\n```\n\n- `server.js` is the \
         server.\n- `public/` has the page, which the server shows.\n- `krandog.d.ts` and \
         `tsconfig.json` tell an editor what there is; `krandog types --init --force` writes them\n  \
         anew after an update.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(words: &[&str]) -> Result<(&'static str, String), String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        Plan::of(&words).map(|plan| (plan.template.name, plan.folder.display().to_string()))
    }

    #[test]
    fn words_are_a_template_and_a_folder() {
        assert_eq!(plan(&[]), Ok(("chat", "chat".to_owned())));
        assert_eq!(plan(&["game"]), Ok(("game", "game".to_owned())));
        assert_eq!(plan(&["./game"]), Ok(("chat", "./game".to_owned())));
        assert_eq!(plan(&["api", "."]), Ok(("api", ".".to_owned())));
        assert!(plan(&["web", "."]).unwrap_err().contains("they are chat, game, relay and api"));
        assert!(plan(&["api", "a", "b"]).is_err());
        assert!(plan(&["--force"]).is_err());
    }

    #[test]
    fn a_package_is_called_like_its_folder() {
        assert_eq!(package_name(Path::new("/tmp/My Game!")), "my-game");
        assert_eq!(package_name(Path::new("/")), "project");
    }
}
