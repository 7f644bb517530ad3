//! A form as it stands on a page: filled by its labels, sent with everything the server put in it.

use scraper::{ElementRef, Html};

use super::page::{Page, css, one_line, text_of};
use super::visitor::Visitor;

/// A form being filled. Hidden inputs, such as the CSRF token, go along because they are on the page, or not at all.
pub struct Form {
    visitor: Visitor,
    page: String,
    action: String,
    method: String,
    button: Option<(String, String)>,
    controls: Vec<Control>,
}

#[derive(Clone)]
struct Control {
    name: String,
    kind: String,
    value: String,
    /// Sent or not: an unticked box and an unchosen radio button are not.
    sent: bool,
    labels: Vec<String>,
    /// The legend of the group around it.
    group: String,
    /// For a select: words and values.
    options: Vec<(String, String)>,
}

/// A form as a page offers it: its method, where it goes, and its fields.
pub type Offered = (String, String, Vec<(String, String)>);

impl Form {
    /// The form with a button of these words: all its words, or else the first button containing them.
    pub fn find<'a>(html: &'a Html, words: &str) -> Option<(ElementRef<'a>, ElementRef<'a>)> {
        let buttons: Vec<ElementRef> = html.select(&css("button, input[type=submit]")).collect();
        let says = |button: &ElementRef| {
            button.attr("value").filter(|_| button.value().name() == "input").map_or_else(|| text_of(*button), one_line)
        };
        let wanted = one_line(words);
        let exactly = buttons.iter().find(|button| says(button) == wanted);
        let button = *exactly.or_else(|| buttons.iter().find(|button| says(button).contains(&wanted)))?;
        let form = match button.attr("form") {
            Some(id) => html.select(&css("form[id]")).find(|form| form.attr("id") == Some(id))?,
            None => ancestor(button, "form")?,
        };
        Some((form, button))
    }

    /// The same for `Page::form`, which fails when there is none.
    #[track_caller]
    pub fn on(page: &Page, html: &Html, words: &str) -> Form {
        let Some((form, button)) = Form::find(html, words) else {
            let there = page.texts("button");
            panic!("{} has no form with a button {words:?}, only {there:?}", page.name());
        };
        assert!(button.attr("disabled").is_none(), "{}: the button {words:?} is disabled", page.name());
        let named =
            button.attr("name").map(|name| (name.to_owned(), button.attr("value").unwrap_or_default().to_owned()));
        let action = button.attr("formaction").or(form.attr("action")).unwrap_or_default();
        let (inside, outside) = (css("input, select, textarea"), css("input[form], select[form], textarea[form]"));
        let id = form.attr("id");
        let outside = html.select(&outside).filter(|control| control.attr("form") == id);
        Form {
            visitor: page.visitor().clone(),
            page: page.name(),
            action: page.resolve(if action.is_empty() { page.path() } else { action }),
            method: form.attr("method").unwrap_or("get").to_ascii_uppercase(),
            button: named,
            controls: form.select(&inside).chain(outside).filter_map(|control| Control::read(html, control)).collect(),
        }
    }

    /// Every form of a page as it would be sent untouched, without its buttons: method, address, fields.
    pub fn all(page: &Page, html: &Html) -> Vec<Offered> {
        let controls = css("input, select, textarea");
        let sent = |form: ElementRef| {
            let action = form.attr("action").filter(|action| !action.is_empty()).unwrap_or(page.path());
            let fields = form.select(&controls).filter_map(|control| Control::read(html, control));
            let fields = fields.filter(|control| control.sent).map(|control| (control.name, control.value)).collect();
            (form.attr("method").unwrap_or("get").to_ascii_uppercase(), page.resolve(action), fields)
        };
        html.select(&css("form")).map(sent).collect()
    }

    /// Writes into the field with this label (or, failing that, this name).
    #[track_caller]
    pub fn fill(mut self, label: &str, value: &str) -> Self {
        let at = self.at(label, &["radio", "checkbox", "hidden", "select"]);
        self.controls[at].value = value.to_owned();
        self
    }

    /// Writes a date into the three fields under this legend: `.date("When was it accepted?", "2026-11-23")`.
    #[track_caller]
    pub fn date(mut self, legend: &str, day: &str) -> Self {
        let parts: Vec<&str> = day.splitn(3, '-').collect();
        let [year, month, date] = parts[..] else { panic!("{day} is not written year-month-day") };
        for (label, value) in [("Day", date), ("Month", month), ("Year", year)] {
            let matches = |control: &Control| {
                control.group.contains(&one_line(legend)) && control.labels.iter().any(|own| own == label)
            };
            let at = self.controls.iter().position(matches);
            let at =
                at.unwrap_or_else(|| panic!("{} has no {label} under {legend:?}:\n{}", self.page, self.describe()));
            self.controls[at].value = value.trim_start_matches('0').to_owned();
        }
        self
    }

    /// Chooses the radio button with this label.
    #[track_caller]
    pub fn choose(self, label: &str) -> Self {
        self.choose_in("", label)
    }

    /// The same where two groups have a button of that label: the legend tells which.
    #[track_caller]
    pub fn choose_in(mut self, legend: &str, label: &str) -> Self {
        let at =
            self.find_control(label, |control| control.kind == "radio" && control.group.contains(&one_line(legend)));
        let name = self.controls[at].name.clone();
        for control in self.controls.iter_mut().filter(|control| control.kind == "radio" && control.name == name) {
            control.sent = false;
        }
        self.controls[at].sent = true;
        self
    }

    /// Ticks the box with this label.
    #[track_caller]
    pub fn tick(mut self, label: &str) -> Self {
        let at = self.find_control(label, |control| control.kind == "checkbox");
        self.controls[at].sent = true;
        self
    }

    /// The same where two groups have a box of that label: the legend tells which.
    #[track_caller]
    pub fn tick_in(mut self, legend: &str, label: &str) -> Self {
        let of = |control: &Control| control.kind == "checkbox" && control.group.contains(&one_line(legend));
        let at = self.find_control(label, of);
        self.controls[at].sent = true;
        self
    }

    /// Takes the tick out of the box with this label.
    #[track_caller]
    pub fn untick(mut self, label: &str) -> Self {
        let at = self.find_control(label, |control| control.kind == "checkbox");
        self.controls[at].sent = false;
        self
    }

    /// Chooses from a list by the words of the option.
    #[track_caller]
    pub fn select(mut self, label: &str, option: &str) -> Self {
        let at = self.find_control(label, |control| control.kind == "select");
        let wanted = one_line(option);
        let options = &self.controls[at].options;
        let exactly = options.iter().find(|(words, _)| *words == wanted);
        let Some((_, value)) = exactly.or_else(|| options.iter().find(|(words, _)| words.contains(&wanted))).cloned()
        else {
            panic!("{}: {label:?} has no option {option:?}, only {options:?}", self.page);
        };
        self.controls[at].value = value;
        self.controls[at].sent = true;
        self
    }

    /// Puts a raw value into a field by its name, hidden or not, known or not: what a tampering hand can do.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.controls.retain(|control| control.name != name);
        self.controls.push(Control {
            name: name.to_owned(),
            kind: "hidden".to_owned(),
            value: value.to_owned(),
            sent: true,
            labels: Vec::new(),
            group: String::new(),
            options: Vec::new(),
        });
        self
    }

    /// Leaves a field out by its name.
    pub fn without(mut self, name: &str) -> Self {
        self.controls.retain(|control| control.name != name);
        self
    }

    /// The value that a field, hidden or not, holds now, by label or name.
    #[track_caller]
    pub fn value(&self, label: &str) -> &str {
        &self.controls[self.at(label, &["radio", "checkbox"])].value
    }

    /// Whether the radio button or box with this label is chosen.
    #[track_caller]
    pub fn is_chosen(&self, label: &str) -> bool {
        self.controls[self.find_control(label, |control| matches!(control.kind.as_str(), "radio" | "checkbox"))].sent
    }

    /// Sends it and answers what came back, a redirect or a page with faults.
    #[track_caller]
    pub fn submit(self) -> Page {
        let fields = self.fields();
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        if self.method == "GET" {
            let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
            let path = self.action.split('?').next().unwrap_or_default();
            return self.visitor.get(&format!("{path}?{query}"));
        }
        self.visitor.post_with(&self.action, &[("sec-fetch-site", "same-origin")], &pairs)
    }

    /// Sends it with a file in the field `file`, as a browser sends such a form, and answers what came back.
    #[track_caller]
    pub fn submit_with(self, name: &str, bytes: &[u8]) -> Page {
        const BOUNDARY: &str = "----ashgrove-ferry";
        let mut body = Vec::new();
        for (field, value) in self.fields() {
            let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n");
            body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
        }
        let file = format!("form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream");
        body.extend(format!("--{BOUNDARY}\r\ncontent-disposition: {file}\r\n\r\n").as_bytes());
        body.extend([bytes, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", kind.as_str())];
        self.visitor.send("POST", &self.action, &headers, &body)
    }

    /// Sends it, demands that it was taken, and answers the page that it leads to.
    #[track_caller]
    pub fn send(self) -> Page {
        let method = self.method.clone();
        let answer = self.submit();
        if method != "GET" {
            answer.is(303);
        }
        let page = answer.follow_redirects();
        page.is(200);
        page
    }

    /// What would be sent.
    pub fn fields(&self) -> Vec<(String, String)> {
        let controls = self.controls.iter().filter(|control| control.sent);
        controls.map(|control| (control.name.clone(), control.value.clone())).chain(self.button.clone()).collect()
    }

    #[track_caller]
    fn at(&self, label: &str, not: &[&str]) -> usize {
        let by_name = self.controls.iter().position(|control| control.name == label);
        let fits = |control: &Control| !not.contains(&control.kind.as_str());
        self.matching(label, fits)
            .or(by_name)
            .unwrap_or_else(|| panic!("{} has no field {label:?}:\n{}", self.page, self.describe()))
    }

    #[track_caller]
    fn find_control(&self, label: &str, fits: impl Fn(&Control) -> bool) -> usize {
        self.matching(label, fits)
            .unwrap_or_else(|| panic!("{} has no choice {label:?}:\n{}", self.page, self.describe()))
    }

    fn matching(&self, label: &str, fits: impl Fn(&Control) -> bool) -> Option<usize> {
        let wanted = one_line(label);
        let exactly = |control: &Control| fits(control) && control.labels.contains(&wanted);
        let containing = |control: &Control| fits(control) && control.labels.iter().any(|own| own.contains(&wanted));
        self.controls.iter().position(exactly).or_else(|| self.controls.iter().position(containing))
    }

    fn describe(&self) -> String {
        let line = |control: &Control| {
            format!("  {} {} {:?} in {:?}", control.kind, control.name, control.labels, control.group)
        };
        self.controls.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl Control {
    fn read(html: &Html, element: ElementRef) -> Option<Control> {
        let name = element.attr("name").filter(|name| !name.is_empty())?;
        let tag = element.value().name();
        let kind = if tag == "input" { element.attr("type").unwrap_or("text") } else { tag };
        let disabled = element.attr("disabled").is_some();
        if disabled || matches!(kind, "submit" | "button" | "reset" | "image" | "file") {
            return None;
        }
        let options: Vec<ElementRef> = element.select(&css("option")).collect();
        let option_value = |option: &ElementRef| option.attr("value").map_or_else(|| text_of(*option), str::to_owned);
        let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
        let checked = element.attr("checked").is_some();
        Some(Control {
            name: name.to_owned(),
            kind: kind.to_owned(),
            value: match kind {
                "textarea" => element.text().collect::<String>().trim_start_matches('\n').to_owned(),
                "select" => chosen.map(option_value).unwrap_or_default(),
                "radio" | "checkbox" => element.attr("value").unwrap_or("on").to_owned(),
                _ => element.attr("value").unwrap_or_default().to_owned(),
            },
            sent: !matches!(kind, "radio" | "checkbox") || checked,
            labels: labels(html, element),
            group: ancestor(element, "fieldset")
                .and_then(|group| group.select(&css("legend")).next().map(text_of))
                .unwrap_or_default(),
            options: options.iter().map(|option| (text_of(*option), option_value(option))).collect(),
        })
    }
}

fn labels(html: &Html, control: ElementRef) -> Vec<String> {
    let (id, all) = (control.attr("id"), css("label[for]"));
    let named = html.select(&all).filter(|label| id.is_some() && label.attr("for") == id);
    let aria = control.attr("aria-label").map(one_line);
    named.chain(ancestor(control, "label")).map(text_of).chain(aria).collect()
}

fn ancestor<'a>(element: ElementRef<'a>, name: &str) -> Option<ElementRef<'a>> {
    element.ancestors().filter_map(ElementRef::wrap).find(|above| above.value().name() == name)
}
