// Renders ZPL to PNG with zpl-renderer-js, which nobody of this project wrote.
// Reads {"zpl", "width_mm", "height_mm", "dpmm"} as JSON; writes the PNG as base64.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const { ready } = require("zpl-renderer-js");

let input = "";
for await (const chunk of process.stdin) input += chunk;
const jobs = JSON.parse(input);
const { api } = await ready;
const pictures = [];
for (const job of jobs) {
  pictures.push(await api.zplToBase64Async(job.zpl, job.width_mm, job.height_mm, job.dpmm));
}
process.stdout.write(JSON.stringify(pictures));
process.exit(0);
