// What receipt-printer-encoder 4.0.1 (npm, @point-of-sale) sends, feature by feature.
// Run by test_printer_codes_differential.py in a folder that has the package.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
const require = createRequire(join(process.cwd(), "package.json"));
const found = require("@point-of-sale/receipt-printer-encoder");
const Encoder = found.default ?? found;
const code = (type, data) => (e) => e.barcode(data, type, { height: 64, width: 2, text: true });
const black = { data: new Uint8ClampedArray(8 * 8 * 4).fill(0), width: 8, height: 8 };
for (let at = 3; at < black.data.length; at += 4) black.data[at] = 255;
const features = {
  text: (e) => e.line("Cafe 12.50"),
  accents: (e) => e.codepage("auto").line("é€Ж"),
  bold: (e) => e.bold(true).text("A").bold(false),
  large: (e) => e.size(2, 2).text("A"),
  tall: (e) => e.height(2).text("A"),
  qr: (e) => e.qrcode("urn:1", { model: 2, size: 4, errorlevel: "q" }),
  ean13: code("ean13", "9521234567899"),
  ean8: code("ean8", "96385074"),
  upca: code("upca", "036000291452"),
  code39: code("code39", "ABC1"),
  itf14: code("itf", "15400141288763"),
  code128: code("code128", "A1B2"),
  cut: (e) => e.cut(),
  partial: (e) => e.cut("partial"),
  pulse: (e) => e.pulse(0, 100, 500),
  pulse5: (e) => e.pulse(1, 100, 500),
  picture: (e) => e.image(black, 8, 8, "threshold"),
};
const [...languages] = JSON.parse(readFileSync(0, "utf8"));
const answer = {};
for (const language of languages) {
  answer[language] = {};
  for (const [name, feature] of Object.entries(features)) {
    const encoder = new Encoder({ language, columns: 48, imageMode: "raster" });
    answer[language][name] = Buffer.from(feature(encoder).encode()).toString("hex");
  }
}
process.stdout.write(JSON.stringify(answer, null, 1) + "\n");
