//! `followthrough person invite`: an account for somebody, from the shell.

use clap::{Args, Subcommand};

use super::Failure;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::domain::address;
use crate::domain::token::Token;
use crate::server;
use crate::service::{Error, Invite, Invited};

/// People with an account.
#[derive(Args)]
pub struct Person {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Subcommand)]
enum Deed {
    /// Invite somebody: no mail is sent; the last line printed is the one-time link, which works for 72 hours
    Invite(InviteArguments),
}

#[derive(Args)]
struct InviteArguments {
    /// The email address that they will sign in with
    #[arg(long)]
    email: String,
    /// Their name; only people who work with the register see it
    #[arg(long)]
    name: String,
    /// administrator, overseer, contributor (needs a body) or observer
    #[arg(long, value_parser = ["administrator", "overseer", "contributor", "observer"])]
    role: String,
    /// The slug of the body that they belong to
    #[arg(long, default_value = "")]
    body: String,
}

impl Person {
    /// Does as told.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let Deed::Invite(given) = self.deed;
        let (clock, chance) = (Clock::system(), Chance::system());
        let opened = server::open(config, &clock, &chance)?;
        let reference = || chance.bytes::<10>().iter().map(|byte| format!("{byte:02x}")).collect();
        let token = Token::new(chance.bytes());
        let path = address::invitation(&token.to_string());
        let invite = Invite {
            email: given.email,
            name: given.name,
            role: given.role,
            body: given.body,
            chance: Invited { person: reference(), mail: reference(), token },
        };
        match opened.service.invite_by_hand(&invite, clock.now()) {
            Ok(()) => {}
            Err(Error::Problems(problems)) => {
                let lines: Vec<String> =
                    problems.iter().map(|problem| format!("--{}: {}.", problem.field, problem.sentence)).collect();
                return Err(lines.join("\n").into());
            }
            Err(fault) => return Err(fault.into()),
        }
        println!("{} is invited. The link works once, for 72 hours:", invite.name.trim());
        println!("{}{path}", config.base_url.as_str());
        Ok(())
    }
}
