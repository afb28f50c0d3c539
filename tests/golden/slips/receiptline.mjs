// Remakes receiptline.json: what receiptline 4.0.4 (npm) sends for lines of text.
// Run by test_escpos_receiptline.py under the marker `all`, in a folder of its own.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
const require = createRequire(join(process.cwd(), "package.json"));
const { transform } = require("receiptline");
const lines = JSON.parse(readFileSync(0, "utf8"));
const answers = lines.map(({ encoding, text }) => ({
  encoding,
  text,
  hex: Buffer.from(
    transform(text, { cpl: 48, encoding, command: "escpos" }), "binary",
  ).toString("hex"),
}));
process.stdout.write(JSON.stringify(answers, null, 1) + "\n");
