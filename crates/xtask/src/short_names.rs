//! Short names for what a program takes from its JavaScript.
//!
//! wasm-bindgen gives everything that is passed in a long name with a hash, in the program and in its JavaScript: 3 % of
//! the page's first load, which no compression takes away.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// How the names of programs end; their JavaScript is named like the rest.
const PROGRAM: &str = "_bg.wasm";

/// The module that everything is taken from, by its short name.
const MODULE: &str = "a";

/// Renames in all programs of a folder, and in their JavaScript.
pub(crate) fn apply(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let program = entry?.path();
        let name = program.file_name().and_then(|name| name.to_str());
        let Some(stem) = name.and_then(|name| name.strip_suffix(PROGRAM)) else {
            continue;
        };
        let script = folder.join(format!("{stem}.js"));
        let (bytes, names) = rename(&fs::read(&program)?)
            .with_context(|| format!("cannot rename in {}", program.display()))?;
        let text = fs::read_to_string(&script)
            .with_context(|| format!("cannot read {}", script.display()))?;
        fs::write(&program, bytes)?;
        fs::write(&script, names.apply(&text))?;
    }
    Ok(())
}

/// A program with short names, and what became of the long ones.
fn rename(program: &[u8]) -> Result<(Vec<u8>, Names)> {
    let mut names = Names::default();
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        if let Payload::ImportSection(imports) = payload {
            let mut short = ImportSection::new();
            for (at, import) in imports.into_imports().enumerate() {
                let import = import?;
                let name = short_name(at);
                short.import(MODULE, &name, RoundtripReencoder.entity_type(import.ty)?);
                names.modules.insert(import.module.to_owned());
                names.imports.insert(import.name.to_owned(), name);
            }
            module.section(&short);
        } else if let Some((id, range)) = payload.as_section() {
            let data = &program[range];
            module.section(&RawSection { id, data });
        }
    }
    Ok((module.finish(), names))
}

/// What a program had taken, and from where.
#[derive(Default)]
struct Names {
    modules: BTreeSet<String>,
    /// The short name of each.
    imports: BTreeMap<String, String>,
}

impl Names {
    /// A script that gives by the short names.
    fn apply(&self, script: &str) -> String {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "_$".contains(c);
        let mut renamed = String::with_capacity(script.len());
        let mut rest = script;
        while let Some(begin) = rest.find(is_part) {
            renamed.push_str(&rest[..begin]);
            rest = &rest[begin..];
            let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            renamed.push_str(self.imports.get(word).map_or(word, String::as_str));
            rest = behind;
        }
        renamed.push_str(rest);
        for module in &self.modules {
            renamed = renamed.replace(&format!("\"{module}\""), &format!("\"{MODULE}\""));
        }
        renamed
    }
}

/// `a` to `z`, `a1` and so on.
fn short_name(at: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(at % 26).unwrap_or_default());
    match at / 26 {
        0 => letter.to_string(),
        more => format!("{letter}{more}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CodeSection, EntityType, Function, FunctionSection, TypeSection};

    /// A program that takes two functions, and has one.
    fn program() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import(
            "./app_bg.js",
            "__wbg_now_0123456789abcdef",
            EntityType::Function(0),
        );
        imports.import(
            "./app_bg.js",
            "__wbg_log_fedcba9876543210",
            EntityType::Function(0),
        );
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut code = CodeSection::new();
        let mut body = Function::new([]);
        body.instructions().end();
        code.function(&body);
        let mut module = Module::new();
        module.section(&types).section(&imports);
        module.section(&functions).section(&code);
        module.finish()
    }

    #[test]
    fn program_and_script_get_the_same_names() {
        let script = r#"{ "./app_bg.js": { __wbg_now_0123456789abcdef: now, __wbg_log_fedcba9876543210() {} } }"#;
        let (short, names) = rename(&program()).expect("a program");
        assert_eq!(names.apply(script), r#"{ "a": { a: now, b() {} } }"#);
        assert!(short.len() < program().len() - 60);
        let (again, names) = rename(&short).expect("a program");
        assert_eq!(again, short, "a second time changes nothing");
        assert_eq!(names.apply("a b c"), "a b c");
    }

    #[test]
    fn names_differ() {
        let names: BTreeSet<String> = (0..200).map(short_name).collect();
        assert_eq!(names.len(), 200);
    }
}
