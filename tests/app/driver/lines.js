// One line of JSON in, one line of JSON out: {"id": 1, "verb": "open", ...} is answered by {"id": 1, "answer": ...}
// or {"id": 1, "error": "..."}. The program ends when its input does.
const readline = require("node:readline");

module.exports = function serve(verbs, end = async () => {}) {
  process.stdout.on("error", () => process.exit(0)); // nobody listens any more
  const lines = readline.createInterface({ input: process.stdin });
  lines.on("line", async (line) => {
    const { id, verb, ...given } = JSON.parse(line);
    const say = (what) => process.stdout.write(JSON.stringify({ id, ...what }) + "\n");
    try {
      say({ answer: (await verbs[verb](given)) ?? null });
    } catch (error) {
      say({ error: String(error?.message ?? error) });
    }
  });
  lines.on("close", async () => {
    await end().catch(() => {});
    process.exit(0);
  });
};
