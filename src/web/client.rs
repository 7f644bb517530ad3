//! Where a visitor is on the network. Used for limits alone: never logged, never kept in clear.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderMap, X_FORWARDED_FOR};
use actix_web::{FromRequest, HttpRequest, web};

use super::error::Error;
use super::state::State;

/// The address that a request came from: the peer's, or what a trusted proxy says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(pub IpAddr);

impl FromRequest for Client {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        let state = request.app_data::<web::Data<State>>();
        let trusted = |address| state.is_some_and(|state| (state.site.trusts)(address));
        ready(Ok(Self(origin(peer, request.headers(), trusted))))
    }
}

/// From the peer back along `X-Forwarded-For`, as long as each is a proxy whose word counts; the first that is not, is it.
/// Whatever stands further left may be invented.
fn origin(peer: IpAddr, headers: &HeaderMap, trusted: impl Fn(IpAddr) -> bool) -> IpAddr {
    let said: Vec<&str> = headers
        .get_all(X_FORWARDED_FOR)
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .collect();
    let mut at = peer;
    for before in said.iter().rev() {
        if !trusted(at) {
            break;
        }
        match before.parse() {
            Ok(address) => at = address,
            Err(_) => break,
        }
    }
    at.to_canonical()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn seen(peer: &str, said: &[&'static str]) -> String {
        let trusted = |address: IpAddr| {
            let address = address.to_canonical().to_string();
            address.starts_with("10.") || address == "127.0.0.1"
        };
        let mut headers = HeaderMap::new();
        for line in said {
            headers.append(X_FORWARDED_FOR, HeaderValue::from_static(line));
        }
        origin(peer.parse().unwrap(), &headers, trusted).to_string()
    }

    #[test]
    fn a_stranger_cannot_say_where_they_are() {
        assert_eq!(seen("192.0.2.1", &["203.0.113.9"]), "192.0.2.1");
        assert_eq!(seen("192.0.2.1", &[]), "192.0.2.1");
    }

    #[test]
    fn a_trusted_proxy_is_believed_and_what_it_was_told_is_not() {
        assert_eq!(seen("127.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", &["198.51.100.1, 203.0.113.9, 10.1.2.3"]), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", &["198.51.100.1", "203.0.113.9", "10.1.2.3"]), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", &["nonsense"]), "127.0.0.1");
        assert_eq!(seen("::ffff:127.0.0.1", &["203.0.113.9"]), "203.0.113.9");
    }
}
