use super::*;
use secrecy::ExposeSecret;

fn read(pairs: &[(&str, &str)]) -> Result<Config, Faults> {
    Config::read(|name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
}

fn fault(name: &str, value: &str) -> String {
    let faults = read(&[(name, value)]).expect_err(value);
    assert_eq!(faults.iter().count(), 1, "{faults}");
    faults.to_string()
}

fn postgres(config: &DatabaseUrl) -> &str {
    match config {
        DatabaseUrl::Postgres(url) => url.expose_secret(),
        DatabaseUrl::Sqlite(path) => panic!("{}", path.display()),
    }
}

fn sqlite(url: &str) -> PathBuf {
    match read(&[("DATABASE_URL", url)]).unwrap().database {
        DatabaseUrl::Sqlite(path) => path,
        DatabaseUrl::Postgres(_) => panic!("{url}"),
    }
}

#[test]
fn nothing_set_is_a_register_on_this_machine() {
    let config = read(&[]).unwrap();
    assert_eq!(config.data_dir, PathBuf::from("var"));
    assert!(matches!(&config.database, DatabaseUrl::Sqlite(path) if path == &PathBuf::from("var/followthrough.db")));
    assert!(config.smtp_url.is_none());
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.base_url.as_str(), "http://localhost:8080");
    assert_eq!((config.base_url.host(), config.base_url.is_secure()), ("localhost", false));
    let from = ("FOLLOWTHROUGH_MAIL_FROM", "register@example.org");
    let is_local = |url| read(&[("FOLLOWTHROUGH_BASE_URL", url), from]).unwrap().base_url.is_local();
    assert!(config.base_url.is_local() && is_local("http://127.0.0.1:8080") && is_local("http://[::1]:8080"));
    assert!(!is_local("https://register.example.org") && !is_local("http://192.0.2.1"));
    assert_eq!(config.mail_from.address.as_str(), "register@localhost");
    assert_eq!(config.site_name, "Followthrough");
    assert_eq!(config.time_zone.iana_name(), Some("Europe/London"));
    assert_eq!(config.mail_dir(), PathBuf::from("var/mail"));
    assert_eq!(config.log, "info");
}

#[test]
fn the_defaults_are_those_of_the_table() {
    let nothing = format!("{:?}", read(&[]).unwrap());
    let pairs: Vec<_> = SETTINGS.iter().map(|setting| (setting.name, setting.default)).collect();
    assert_eq!(nothing, format!("{:?}", read(&pairs).unwrap()));
    assert_eq!(nothing, format!("{:?}", read(&[("SMTP_URL", " "), ("DATABASE_URL", "")]).unwrap()));
}

#[test]
fn the_end_is_put_off_by_a_minute_at_most() {
    let drain = |text| read(&[("FOLLOWTHROUGH_DRAIN_SECONDS", text)]).unwrap().drain.as_secs();
    assert_eq!((drain(""), drain("0"), drain(" 60 ")), (0, 0, 60));
    for bad in ["61", "-1", "1.5", "soon"] {
        assert!(fault("FOLLOWTHROUGH_DRAIN_SECONDS", bad).contains("not a number from 0 to 60"), "{bad}");
    }
}

#[test]
fn the_database_lies_in_the_data_folder_unless_it_is_named() {
    let config = read(&[("FOLLOWTHROUGH_DATA_DIR", "/srv/register")]).unwrap();
    assert!(matches!(config.database, DatabaseUrl::Sqlite(path) if path.ends_with("/srv/register/followthrough.db")));
    assert_eq!(sqlite("sqlite:other.db"), PathBuf::from("other.db"));
    assert_eq!(sqlite("sqlite:///srv/a.db"), PathBuf::from("/srv/a.db"));
    assert_eq!(sqlite("sqlite:/srv/a.db"), PathBuf::from("/srv/a.db"));
    let config = read(&[("DATABASE_URL", "postgres://a:b@c/d")]).unwrap();
    assert_eq!(postgres(&config.database), "postgres://a:b@c/d");
}

#[test]
fn a_database_that_cannot_be_is_refused() {
    for bad in [
        "mysql://a/b",
        "var/followthrough.db",
        "sqlite:",
        "sqlite::memory:",
        "sqlite:a.db?mode=ro",
        "postgres:",
        "postgres://",
    ] {
        assert!(fault("DATABASE_URL", bad).starts_with("DATABASE_URL "), "{bad}");
    }
}

#[test]
fn without_a_base_url_links_lead_to_where_pages_are_served() {
    for (listen, base) in [
        ("127.0.0.1:9000", "http://localhost:9000"),
        ("0.0.0.0:9000", "http://localhost:9000"),
        ("192.0.2.7:9000", "http://192.0.2.7:9000"),
        ("[::1]:9000", "http://localhost:9000"),
        ("127.0.0.1:0", "http://localhost:8080"),
    ] {
        let config = read(&[("FOLLOWTHROUGH_LISTEN", listen)]).unwrap();
        assert_eq!(config.base_url.as_str(), base, "{listen}");
        assert!(format!("{:?}", config.mail_from).contains("register@localhost"), "{listen}");
    }
    let config = read(&[("FOLLOWTHROUGH_LISTEN", "127.0.0.1:9000"), ("FOLLOWTHROUGH_BASE_URL", "http://a.example")]);
    assert_eq!(config.unwrap().base_url.as_str(), "http://a.example");
}

#[test]
fn the_base_url_is_a_host_and_nothing_after_it() {
    let config = read(&[("FOLLOWTHROUGH_BASE_URL", "https://Register.Example.org:8443/")]).unwrap();
    assert_eq!(config.base_url.as_str(), "https://register.example.org:8443");
    assert_eq!((config.base_url.host(), config.base_url.is_secure()), ("register.example.org", true));
    assert_eq!(config.mail_from.address.as_str(), "register@register.example.org");
    for bad in [
        "example.org",
        "ftp://example.org",
        "https://example.org/register",
        "https://example.org?a=b",
        "https://",
        "http://a b",
    ] {
        assert!(fault("FOLLOWTHROUGH_BASE_URL", bad).contains("https://register.example.org"), "{bad}");
    }
}

#[test]
fn mail_settings_are_read_as_they_are_meant() {
    let config = read(&[
        ("SMTP_URL", "smtp://user:p%40ss@mail.example.org:587?tls=required"),
        ("FOLLOWTHROUGH_MAIL_FROM", "Ashgrove register <Register@example.org>"),
    ])
    .unwrap();
    assert_eq!(config.mail_from.name.as_deref(), Some("Ashgrove register"));
    assert_eq!(config.mail_from.address.as_str(), "register@example.org");
    for bad in [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://mail?tls=yes",
        "smtp://mail?ssl=on",
        "smtp://mail?tls=opportunistic&tls=required",
        "smtps://user@mail",
    ] {
        assert!(fault("SMTP_URL", bad).contains("smtps://user:password@host"), "{bad}");
    }
    for bad in ["register", "<>", "a@b@c", "One <a@example.org> <b@example.org>"] {
        assert!(fault("FOLLOWTHROUGH_MAIL_FROM", bad).contains("not a mail address"), "{bad}");
    }
}

#[test]
fn an_access_token_signs_in_over_an_encrypted_line_alone() {
    let file = ("FOLLOWTHROUGH_SMTP_TOKEN_FILE", "/run/followthrough/token");
    let faults = |url: &str| read(&[("SMTP_URL", url), file]).map_err(|faults| faults.to_string());
    for good in ["smtps://register%40example.org@mail.example.org", "smtp://user@mail.example.org:587?tls=required"] {
        let config = faults(good).unwrap();
        assert_eq!(config.smtp_token_file, Some(PathBuf::from("/run/followthrough/token")), "{good}");
        assert!(config.smtp_url.is_some());
    }
    for (bad, why) in [
        ("smtps://user:secret@mail.example.org", "holds a password"),
        ("smtps://mail.example.org", "names no user"),
        ("smtp://user@mail.example.org", "not encrypted"),
        ("smtp://user@mail.example.org?tls=opportunistic", "not encrypted"),
        ("http://user@mail.example.org", "neither smtp nor smtps"),
        ("smtp://user@mail.example.org?tls=opportunistic&tls=required", "more than one parameter"),
    ] {
        let fault = faults(bad).expect_err(bad);
        assert!(fault.contains(why) && fault.contains("smtps://user@host") && !fault.contains("secret"), "{fault}");
    }
    let alone = read(&[file]).expect_err("no mail server").to_string();
    assert!(alone.starts_with("FOLLOWTHROUGH_SMTP_TOKEN_FILE is set, and SMTP_URL names no mail server"), "{alone}");
}

#[test]
fn proxies_are_addresses_or_networks() {
    let config = read(&[("FOLLOWTHROUGH_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8 , fd00::/8")]).unwrap();
    for (address, trusted) in [
        ("127.0.0.1", true),
        ("127.0.0.2", false),
        ("10.9.8.7", true),
        ("::ffff:10.1.1.1", true),
        ("fd12::1", true),
        ("::1", false),
    ] {
        assert_eq!(config.trusted_proxies.trust(address.parse().unwrap()), trusted, "{address}");
    }
    assert!(!read(&[]).unwrap().trusted_proxies.trust("127.0.0.1".parse().unwrap()));
    assert!(fault("FOLLOWTHROUGH_TRUSTED_PROXIES", "127.0.0.1, proxy").contains("“proxy”"));
}

#[test]
fn other_faults_name_what_was_found() {
    assert!(fault("FOLLOWTHROUGH_LISTEN", "8080").contains("“8080”, which is not an address and a port"));
    assert!(fault("FOLLOWTHROUGH_TIME_ZONE", "London").contains("“London”, which is not the name of a time zone"));
    assert!(fault("FOLLOWTHROUGH_SITE_NAME", &"a".repeat(81)).contains("has 81 characters"));
    assert!(fault("FOLLOWTHROUGH_SITE_NAME", "a\nb").contains("not one line"));
    assert!(fault("RUST_LOG", "info,=,[").contains("cannot be read"));
}

#[test]
fn counts_are_given_to_this_machine_alone_unless_an_address_is_named() {
    let listens = |text: &str| read(&[("FOLLOWTHROUGH_METRICS_LISTEN", text)]).unwrap().metrics_listen;
    assert_eq!(listens(""), None);
    assert_eq!(listens("9464"), Some("127.0.0.1:9464".parse().unwrap()));
    assert_eq!(listens("[::1]:9464"), Some("[::1]:9464".parse().unwrap()));
    assert_eq!(listens("10.0.0.5:9464"), Some("10.0.0.5:9464".parse().unwrap()));
    for bad in ["everywhere", "metrics:9464", "70000", "127.0.0.1"] {
        assert!(fault("FOLLOWTHROUGH_METRICS_LISTEN", bad).contains("“9464”"), "{bad}");
    }
    assert!(fault("FOLLOWTHROUGH_METRICS_LISTEN", "8080").contains("names the port on which pages are served"));
    let anywhere = [("FOLLOWTHROUGH_LISTEN", "0.0.0.0:9464"), ("FOLLOWTHROUGH_METRICS_LISTEN", "9464")];
    assert!(read(&anywhere).is_err());
    let chosen = [("FOLLOWTHROUGH_LISTEN", "127.0.0.1:0"), ("FOLLOWTHROUGH_METRICS_LISTEN", "0")];
    assert_eq!(read(&chosen).unwrap().metrics_listen, Some("127.0.0.1:0".parse().unwrap()));
}

#[test]
fn a_replica_is_one_of_a_server() {
    let (kept, copied) = ("postgres://u:hunter2@db/register", "postgres://u:hunter2@copy/register");
    let with = |database: &str, replica: &str| read(&[("DATABASE_URL", database), ("DATABASE_READ_URL", replica)]);
    assert!(with(kept, copied).unwrap().replica.is_some());
    assert!(with(kept, "").unwrap().replica.is_none());
    for (database, replica, wrong) in [
        (kept, kept, "is the same as DATABASE_URL"),
        (kept, "copy/register", "is no address of a PostgreSQL server"),
        (kept, "sqlite:copy.db", "is no address of a PostgreSQL server"),
        (kept, "postgres://", "names no server"),
        ("sqlite:var/register.db", copied, "names no PostgreSQL server"),
        ("", copied, "names no PostgreSQL server"),
    ] {
        let faults = with(database, replica).unwrap_err();
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("DATABASE_READ_URL ") && said[0].contains(wrong), "{said:?}");
        assert!(!said[0].contains("hunter2"), "{said:?}");
    }
    let faults = with("mysql://db", copied).unwrap_err();
    assert_eq!(faults.iter().count(), 1, "the one fault is that of DATABASE_URL");
}

#[test]
fn the_log_is_json_where_somebody_says_so() {
    let json = |text: &str| read(&[("FOLLOWTHROUGH_LOG", text)]).unwrap().log_as_json;
    assert_eq!([json(""), json("json"), json("text")], [None, Some(true), Some(false)]);
    assert!(fault("FOLLOWTHROUGH_LOG", "xml").contains("“json” or “text”"));
}

#[test]
fn all_faults_are_reported_together_a_sentence_on_each_line() {
    let faults = read(&[
        ("DATABASE_URL", "mysql://root:hunter2@db/register"),
        ("FOLLOWTHROUGH_LISTEN", "everywhere"),
        ("FOLLOWTHROUGH_BASE_URL", "https://user:hunter2@example.org"),
        ("SMTP_URL", "mailto://user:hunter2@example.org"),
        ("FOLLOWTHROUGH_TIME_ZONE", "Mars/Olympus"),
    ])
    .unwrap_err();
    insta::assert_snapshot!(faults.to_string(), @r"
    DATABASE_URL begins with a scheme that is not known here. Set it to “sqlite:var/followthrough.db” or “postgres://user:password@host/name”.
    FOLLOWTHROUGH_LISTEN is “everywhere”, which is not an address and a port. Set it to “127.0.0.1:8080”, or “[::]:8080” for every address of the machine.
    FOLLOWTHROUGH_BASE_URL holds a user name or a password. Set it to an address such as “https://register.example.org”.
    SMTP_URL begins with neither smtp nor smtps. Set it to “smtps://user:password@host” or “smtp://user:password@host:587?tls=required”.
    FOLLOWTHROUGH_TIME_ZONE is “Mars/Olympus”, which is not the name of a time zone. Set it to an IANA name such as “Europe/London”.
    ");
    assert!(!faults.to_string().contains("hunter2"));
}

#[test]
fn secrets_are_not_printed() {
    let config = read(&[
        ("DATABASE_URL", "postgres://register:hunter2@db/register"),
        ("SMTP_URL", "smtps://register:hunter2@mail.example.org"),
    ])
    .unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
}
