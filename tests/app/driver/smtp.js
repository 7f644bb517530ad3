// An SMTP server that keeps every message and refuses as it is told. Nothing leaves it.
const { SMTPServer } = require("smtp-server");
const serve = require("./lines.js");

const kept = new Map(); // address -> messages
const scripts = new Map(); // address -> codes still to be answered, or codes with words of their own
const delays = new Map(); // address -> milliseconds
let pace = 0; // milliseconds for every address
const tries = new Map(); // address -> how often it was named
const times = []; // when each message was taken, in milliseconds
const sealed = new Map(); // address -> who signed in and whether the line was encrypted, for each message
const name = (address) => address.toLowerCase();
const words = { 421: "Service not available, closing", 451: "Try again later", 452: "Too much mail", 550: "No such mailbox" };

const hear = {
  disableReverseLookup: true,
  logger: false,
  onRcptTo({ address }, _session, answer) {
    const to = name(address);
    tries.set(to, (tries.get(to) ?? 0) + 1);
    const code = scripts.get(to)?.shift();
    if (!code) return answer();
    const [number, text] = typeof code === "string" ? [Number(code.slice(0, 3)), code.slice(4)] : [code, words[code] ?? "Refused"];
    answer(Object.assign(new Error(text), { responseCode: number }));
  },
  onData(stream, session, answer) {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      const message = Buffer.concat(parts).toString("utf8");
      const to = session.envelope.rcptTo.map(({ address }) => name(address));
      const wait = Math.max(pace, ...to.map((address) => delays.get(address) ?? 0));
      setTimeout(() => {
        times.push(Date.now());
        for (const address of to) kept.set(address, [...(kept.get(address) ?? []), message]);
        for (const address of to)
          sealed.set(address, [...(sealed.get(address) ?? []), { user: session.user ?? null, encrypted: session.secure }]);
        answer(null, "Kept");
      }, wait);
    });
  },
};

function listen(options) {
  const server = new SMTPServer({ ...hear, ...options });
  server.on("error", () => {}); // a client that hangs up is the client's affair
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server.server.address().port)));
}

serve({
  listen: async () => ({ port: await listen({ disabledCommands: ["AUTH"] }) }),
  // Two ports that take mail from one account alone: one to be turned to TLS, one that begins with it.
  listen_sealed: async ({ key, cert, user, password, token }) => {
    const onAuth = (auth, _session, answer) =>
      auth.username === user && (auth.method === "XOAUTH2" ? auth.accessToken === token : auth.password === password)
        ? answer(null, { user })
        : answer(Object.assign(new Error("Wrong user or password"), { responseCode: 535 }));
    const options = { key, cert, onAuth, authOptional: false, authMethods: ["PLAIN", "LOGIN", "XOAUTH2"] };
    return { starttls: await listen(options), tls: await listen({ ...options, secure: true }) };
  },
  sealed: ({ address }) => sealed.get(name(address)) ?? [],
  script: ({ address, codes }) => void scripts.set(name(address), codes),
  delay: ({ address, milliseconds }) => void delays.set(name(address), milliseconds),
  pace: ({ milliseconds }) => void (pace = milliseconds),
  messages: ({ address }) => kept.get(name(address)) ?? [],
  all: () => [...kept.values()].flat(),
  count: () => times.length,
  times: () => times,
  tries: ({ address }) => tries.get(name(address)) ?? 0,
});
