// Refuses colour, font-size, radius and duration literals outside tokens.css: the design language has one home.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = new URL("../src/", import.meta.url).pathname;
const HOME = "tokens.css";
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|hwb|lab|lch|color)\(/i;
// Anywhere in a value: `1px solid red` as well. Of a mask only the opacity counts.
const NAMED =
  /(?:^|[\s;{])(?!mask)[a-z-]+:[^;]*(?<![\w-])(?:black|silver|gr[ae]y|white|maroon|red|purple|fuchsia|magenta|green|lime|olive|yellow|navy|blue|teal|aqua|cyan|orange|gold|pink|brown|rebeccapurple)(?![\w-])/;
const RULES = [
  { files: /\.css$/, pattern: COLOUR, what: "a colour" },
  { files: /\.css$/, pattern: /(?:^|[\s;{])font-size:\s*[\d.]+(?!\d*\.?\d*em\b)/, what: "a font size" },
  { files: /\.css$/, pattern: /border(?:-[a-z]+)*-radius:\s*[\d.]+/, what: "a radius" },
  { files: /\.css$/, pattern: /(?:transition|animation)[^;]*?\b[\d.]+m?s\b/, what: "a duration" },
  { files: /\.css$/, pattern: NAMED, what: "a colour" },
  { files: /\.css$/, pattern: /(?:^|[\s;{])font:\s*(?:[a-z0-9]+\s+)*[\d.]+(?:px|rem)/, what: "a font size" },
  { files: /(?<!\.test)\.tsx?$/, pattern: /["'`]#[0-9a-f]{3,8}["'`]|["'`](?:rgba?|hsla?)\(/i, what: "a colour" },
  { files: /\.tsx$/, pattern: /\b(?:fontSize|borderRadius|transitionDuration)\s*:/, what: "a style of the tokens" },
];

let faults = 0;
for (const name of readdirSync(SOURCE, { recursive: true })) {
  if (name === HOME || name.startsWith("api/")) continue;
  const rules = RULES.filter((rule) => rule.files.test(name));
  if (rules.length === 0) continue;
  for (const [at, line] of readFileSync(join(SOURCE, name), "utf8").split("\n").entries()) {
    for (const rule of rules) {
      if (!rule.pattern.test(line)) continue;
      console.error(`src/${name}:${at + 1}: ${rule.what} outside ${HOME}: ${line.trim()}`);
      faults += 1;
    }
  }
}
process.exitCode = faults ? 1 : 0;
