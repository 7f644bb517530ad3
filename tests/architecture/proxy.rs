//! The reverse proxy's configuration writes down no address that holds a secret.

use followthrough::web::ROUTES;

use crate::source::read;
use crate::{finds, none};

/// How the addresses begin that the configuration keeps out of its log, as in `"~^/filing/" /filing/-;`.
fn masked(configuration: &str) -> Vec<&str> {
    let lines = configuration.lines().map(str::trim);
    lines.filter_map(|line| line.strip_prefix("\"~^")?.split_once('"')).map(|(beginning, _)| beginning).collect()
}

fn written_down(configuration: &str, paths: &[&str]) -> Vec<String> {
    let masked = masked(configuration);
    let secret = paths.iter().filter(|path| path.contains("{token}"));
    let open = secret.filter(|path| !masked.iter().any(|beginning| path.starts_with(*beginning)));
    open.map(|path| format!("deploy/nginx.conf writes down {path}")).collect()
}

#[test]
fn the_proxy_writes_down_no_secret_of_an_address() {
    let configuration = read(&["deploy/nginx.conf"]).pop().map(|file| file.text).unwrap_or_default();
    let paths: Vec<&str> = ROUTES.iter().map(|route| route.path).collect();
    assert!(!masked(&configuration).is_empty());
    none(&written_down(&configuration, &paths));
}

#[test]
fn a_secret_that_is_written_down_is_found() {
    let configuration = "map $uri $x {\n    default $uri;\n    \"~^/filing/\" /filing/-;\n}";
    let paths = ["/filing/{token}/code", "/subscriptions/{token}", "/bodies/{body}"];
    finds(&written_down(configuration, &paths), &["/subscriptions/{token}"]);
}
