// An SMTP server that keeps every message and refuses as it is told. Nothing leaves it.
const { SMTPServer } = require("smtp-server");
const serve = require("./lines.js");

const kept = new Map(); // address -> messages
const scripts = new Map(); // address -> codes still to be answered
const delays = new Map(); // address -> milliseconds
const tries = new Map(); // address -> how often it was named
const name = (address) => address.toLowerCase();
const words = { 421: "Service not available, closing", 451: "Try again later", 452: "Too much mail", 550: "No such mailbox" };

const server = new SMTPServer({
  disabledCommands: ["AUTH"],
  disableReverseLookup: true,
  logger: false,
  onRcptTo({ address }, _session, answer) {
    const to = name(address);
    tries.set(to, (tries.get(to) ?? 0) + 1);
    const code = scripts.get(to)?.shift();
    if (!code) return answer();
    answer(Object.assign(new Error(words[code] ?? "Refused"), { responseCode: code }));
  },
  onData(stream, session, answer) {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      const message = Buffer.concat(parts).toString("utf8");
      const to = session.envelope.rcptTo.map(({ address }) => name(address));
      const wait = Math.max(0, ...to.map((address) => delays.get(address) ?? 0));
      setTimeout(() => {
        for (const address of to) kept.set(address, [...(kept.get(address) ?? []), message]);
        answer(null, "Kept");
      }, wait);
    });
  },
});
server.on("error", () => {}); // a client that hangs up is the client's affair

serve({
  listen: () => new Promise((done) => server.listen(0, "127.0.0.1", () => done({ port: server.server.address().port }))),
  script: ({ address, codes }) => void scripts.set(name(address), codes),
  delay: ({ address, milliseconds }) => void delays.set(name(address), milliseconds),
  messages: ({ address }) => kept.get(name(address)) ?? [],
  tries: ({ address }) => tries.get(name(address)) ?? 0,
});
