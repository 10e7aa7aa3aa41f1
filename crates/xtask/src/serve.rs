//! A local web server for a folder: this machine only, read only.

use std::fs::{self, File};
use std::net::Ipv4Addr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use tiny_http::{Header, Method, Request, Response, Server};

/// Enough for the few files that a page loads at once.
const THREADS: usize = 4;

/// Serves a folder until the program is stopped. Prints the address, on a line of its own.
pub(crate) fn serve(server: Server, folder: &Path) -> Result<()> {
    let folder = fs::canonicalize(folder)
        .with_context(|| format!("there is no folder {}", folder.display()))?;
    let address = server
        .server_addr()
        .to_ip()
        .context("the server has no address")?;
    println!("http://{address}/");
    eprintln!("serving {}; stop with Ctrl+C", folder.display());
    let server = Arc::new(server);
    let folder = Arc::new(folder);
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let (server, folder) = (Arc::clone(&server), Arc::clone(&folder));
            thread::spawn(move || {
                server
                    .incoming_requests()
                    .for_each(|request| answer(&folder, request))
            })
        })
        .collect();
    for thread in threads {
        thread
            .join()
            .map_err(|_| anyhow!("the web server failed"))?;
    }
    Ok(())
}

/// Reserves a port on 127.0.0.1; 0 lets the system choose a free one.
pub(crate) fn listen(port: u16) -> Result<Server> {
    match Server::http((Ipv4Addr::LOCALHOST, port)) {
        Ok(server) => Ok(server),
        Err(error) => {
            bail!("cannot listen on 127.0.0.1:{port} ({error}); choose another port with --port")
        }
    }
}

fn answer(folder: &Path, request: Request) {
    let found = if matches!(request.method(), Method::Get | Method::Head) {
        open(folder, request.url())
    } else {
        None
    };
    // A browser that went away is no concern of ours.
    let _ = match found {
        Some((file, kind)) => {
            let response = Response::from_file(file);
            request.respond(HEADERS.iter().chain([&("Content-Type", kind)]).fold(
                response,
                |response, (name, value)| match Header::from_bytes(*name, *value) {
                    Ok(header) => response.with_header(header),
                    Err(()) => response,
                },
            ))
        }
        None => request.respond(Response::from_string("not found\n").with_status_code(404)),
    };
}

/// What is shown is what is in the folder now, and is what it says it is.
const HEADERS: [(&str, &str); 2] = [
    ("Cache-Control", "no-cache"),
    ("X-Content-Type-Options", "nosniff"),
];

/// The file for an address, with its type.
fn open(folder: &Path, url: &str) -> Option<(File, &'static str)> {
    let mut path = folder.join(relative(url)?);
    if path.is_dir() {
        path.push("index.html");
    }
    // Links that lead out of the folder are not followed.
    let path = fs::canonicalize(path).ok()?;
    if !path.starts_with(folder) {
        return None;
    }
    Some((File::open(&path).ok()?, kind(&path)))
}

/// The path in an address, as a relative path that leads nowhere but down.
fn relative(url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = PathBuf::from(decode(path)?);
    let down = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    down.then_some(path)
}

/// Decodes `%41`. Nothing if that is not text, or no path.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let digits = std::str::from_utf8(&digits)
                    .ok()
                    .filter(|text| !text.starts_with('+'))?;
                u8::from_str_radix(digits, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes)
        .ok()
        .filter(|path| !path.contains(['\0', '\\']))
}

/// The media type of a file.
fn kind(path: &Path) -> &'static str {
    match path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" | "md" | "sh" | "yaml" => "text/plain; charset=utf-8",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_down_only() {
        assert_eq!(relative("/"), Some(PathBuf::new()));
        assert_eq!(
            relative("/a/b%20c.js?x=/../y"),
            Some(PathBuf::from("a/b c.js"))
        );
        for bad in [
            "",
            "a",
            "//etc/passwd",
            "/../a",
            "/a/../../b",
            "/%2e%2e/a",
            "/%2fetc",
            "/a%00",
            "/a%5cb",
            "/%",
            "/%+1",
            "/%zz",
        ] {
            assert_eq!(relative(bad), None, "{bad}");
        }
    }

    #[test]
    fn links_out_of_the_folder_are_not_followed() {
        let folder = std::env::temp_dir().join(format!("xtask-serve-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("creates a folder");
        let folder = fs::canonicalize(folder).expect("exists");
        fs::write(folder.join("a.js"), "1").expect("writes");
        std::os::unix::fs::symlink("/etc/hostname", folder.join("out.js")).expect("links");
        assert!(open(&folder, "/a.js").is_some());
        assert!(open(&folder, "/out.js").is_none());
        assert!(open(&folder, "/").is_none());
        fs::remove_dir_all(folder).expect("removes");
    }

    #[test]
    fn browsers_accept_the_types() {
        assert_eq!(kind(Path::new("a.wasm")), "application/wasm");
        assert!(kind(Path::new("a.js")).starts_with("text/javascript"));
        assert!(kind(Path::new("index.html")).starts_with("text/html"));
        assert_eq!(kind(Path::new("noextension")), "application/octet-stream");
    }
}
