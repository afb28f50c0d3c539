// What receiptline 4.0.4 (npm) sends for lines of text, by encoding and command set.
// Run by test_printer_text_receiptline.py in a folder that has the package.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
const require = createRequire(join(process.cwd(), "package.json"));
const { transform } = require("receiptline");
const lines = JSON.parse(readFileSync(0, "utf8"));
const answers = lines.map(({ encoding, command, text }) => ({
  encoding,
  command,
  text,
  hex: Buffer.from(
    transform(text, { cpl: 48, encoding, command }), "binary",
  ).toString("hex"),
}));
process.stdout.write(JSON.stringify(answers, null, 1) + "\n");
