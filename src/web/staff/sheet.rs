//! `/staff/bodies/{body}/sheet`: a body's open items as a sheet, to be taken away, filled in and sent back. What comes back is kept
//! as unfinished updates; nothing is sent in by it.

mod write;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType};
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::problem::Problems;
use crate::domain::sheet::{self, Column, Filled, RowFault, fault_of};
use crate::domain::text::Slug;
use crate::service::{self, Act, FileSent, TakeSheet};
use crate::store::body::{self, BodyName};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::upload::Upload;
use crate::web::error::Error;
use crate::web::form::{Field, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

use write::{Line, lines, to_csv, to_xlsx};

/// The page.
#[derive(Template)]
#[template(path = "staff/sheet/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    body: String,
    takes: [Link; 2],
    to_fill: Vec<&'static str>,
    /// The form, for the body's own people.
    file: Option<Field>,
    /// Whether a sheet came of which some rows are right.
    some_right: bool,
    faults: Vec<Fault>,
    keys: Keys,
}

/// A line of the table of what is wrong.
struct Fault {
    row: usize,
    column: &'static str,
    sentence: String,
}

impl Fault {
    fn new(fault: RowFault) -> Self {
        Self { row: fault.number, column: fault.column.map_or("The row", Column::heading), sentence: fault.sentence }
    }
}

impl NewPage {
    fn new((shell, keys): (Shell, Keys), staff: &Staff, of: &BodyName, problems: &Problems, rows: usize) -> Self {
        let here = address::sheet(of.slug.as_str());
        let files = staff.may(Deed::FileReturn, About::body(of.id)).is_ok();
        let mut of_rows: Vec<RowFault> = problems.iter().filter_map(fault_of).collect();
        of_rows.sort_by_key(|fault| (fault.number, fault.column));
        let mut wrong: Vec<usize> = of_rows.iter().map(|fault| fault.number).collect();
        wrong.dedup();
        // The table says what is wrong with rows; at the file stands that something is.
        let mut shown = Problems::none();
        if !wrong.is_empty() {
            let right = rows.saturating_sub(wrong.len());
            shown.add(
                "file",
                format!("Nothing was kept: {} right, {} not. The table below says why", count(right), wrong.len()),
            );
        }
        for problem in problems.iter().filter(|problem| fault_of(problem).is_none()) {
            shown.add(problem.field.clone(), problem.sentence.clone());
        }
        Self {
            body: of.name.clone(),
            takes: [
                Link::new(format!("{here}.xlsx"), "Take the sheet for Excel (XLSX)"),
                Link::new(format!("{here}.csv"), "Take the sheet as a plain table (CSV)"),
            ],
            to_fill: Column::TO_FILL.map(Column::heading).to_vec(),
            file: files.then(|| {
                Field::new("file", "The sheet, filled in")
                    .hint("XLSX or CSV, 10 MiB at most. Its name is not kept, and the file itself is not kept either.")
                    .checked(&shown)
            }),
            some_right: !wrong.is_empty() && rows > wrong.len(),
            faults: of_rows.into_iter().map(Fault::new).collect(),
            shell: shell
                .titled("Your items as a sheet")
                .crumb(address::STAFF, "Your work")
                .unlisted()
                .faulty(!shown.is_empty()),
            problems: shown,
            keys,
        }
    }
}

fn count(rows: usize) -> String {
    if rows == 1 { "1 row is".to_owned() } else { format!("{rows} rows are") }
}

async fn look(state: &State, staff: &Staff, slug: &str) -> Result<BodyName, Error> {
    let slug: Slug = slug.parse().map_err(|_| Error::NotFound)?;
    let of = state.reader.read(move |tx| body::name(tx, &slug)).await?;
    staff.may(Deed::ReadUnpublished, About::body(of.id))?;
    Ok(of)
}

/// Shows where the sheet is taken, and the form on which it comes back.
///
/// # Errors
/// 404 when there is no such body, 403 for people of another one.
pub async fn new(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let of = look(&state, &staff, &slug).await?;
    page(&NewPage::new((shell, keys), &staff, &of, &Problems::none(), 0))
}

/// The sheet as a table.
///
/// # Errors
/// As for the page.
pub async fn csv(state: web::Data<State>, staff: Staff, slug: web::Path<String>) -> Result<HttpResponse, Error> {
    let (of, lines) = filled(&state, &staff, &slug).await?;
    Ok(send(to_csv(&lines)?, &of, ("csv", "text/csv; charset=utf-8; header=present")))
}

/// The sheet as a workbook.
///
/// # Errors
/// As for the page.
pub async fn xlsx(state: web::Data<State>, staff: Staff, slug: web::Path<String>) -> Result<HttpResponse, Error> {
    let (of, lines) = filled(&state, &staff, &slug).await?;
    let now = staff.now;
    let bytes = web::block(move || to_xlsx(&lines, now)).await.map_err(|_| Error::Busy)??;
    Ok(send(bytes, &of, ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))
}

async fn filled(state: &State, staff: &Staff, slug: &str) -> Result<(BodyName, Vec<Line>), Error> {
    let of = look(state, staff, slug).await?;
    let id = of.id;
    let lines = state.reader.read(move |tx| lines(tx, id)).await?;
    Ok((of, lines))
}

fn send(bytes: Vec<u8>, of: &BodyName, (end, kind): (&str, &'static str)) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, "no-store")).insert_header((header::CONTENT_TYPE, kind));
    answer.insert_header(ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(format!("{}-updates.{end}", of.slug))],
    });
    answer.body(bytes)
}

/// Takes a filled sheet.
///
/// # Errors
/// As for the page; 403 for whoever does not file for the body, and when the database fails.
pub async fn create(
    state: web::Data<State>,
    slug: web::Path<String>,
    mut upload: Upload<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let file = upload.file.take();
    let of = look(&state, &staff, &slug).await?;
    staff.may(Deed::FileReturn, About::body(of.id))?;
    let (rows, faults) = read(file).await?;
    let (number, sent) = (rows.len(), &upload.form);
    let only_right = sent.is_ticked("only_right");
    let left_out = !faults.is_empty();
    let done = if faults.at("file").is_some() {
        Err(faults.into())
    } else {
        let command = TakeSheet { body: of.slug.clone(), rows, only_right };
        state.service.take_sheet(Act { faults, ..staff.act(sent.key()) }, command).await
    };
    match done {
        Ok(done) if only_right || left_out => {
            let said = "The rows that are right are kept as unfinished updates; any others were left out. Nothing is sent yet.";
            notice::see_other_saying(&state, &done.location, said)
        }
        Ok(done) => {
            let said = "The sheet is kept as unfinished updates. Nothing is sent yet: look at each, and send it.";
            notice::see_other_saying(&state, &done.location, said)
        }
        Err(service::Error::Problems(problems)) => {
            let again = NewPage::new((shell, keys), &staff, &of, &problems, number);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        // Somebody of the body began an update on one of the items at the same moment.
        Err(service::Error::Stale) => {
            let sentence = "Somebody of your organisation began an update on one of these items at the same moment. Nothing was kept: send the sheet again";
            let again = NewPage::new((shell, keys), &staff, &of, &Problems::one("file", sentence), 0);
            page_with(StatusCode::CONFLICT, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Reads the file, beside the threads that answer: unpacking takes a while.
async fn read(file: Option<FileSent>) -> Result<(Vec<Filled>, Problems), Error> {
    let Some(file) = file else {
        return Ok((Vec::new(), Problems::one("file", "Choose the sheet that you filled in")));
    };
    if file.too_large {
        return Ok((Vec::new(), Problems::one("file", sheet::SheetFault::TooLarge.to_string())));
    }
    let rows = web::block(move || sheet::read(&file.name, &file.bytes)).await.map_err(|_| Error::Busy)?;
    let mut problems = Problems::none();
    match rows {
        Err(fault) => Ok((Vec::new(), Problems::one("file", fault.to_string()))),
        Ok(rows) => Ok((rows.iter().map(|row| sheet::fill(row, &mut problems)).collect(), problems)),
    }
}
