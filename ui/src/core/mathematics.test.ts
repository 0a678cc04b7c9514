import { expect, test } from "vitest";
import { INLINE_MATHEMATICS as M, mayHoldMathematics, withMathematicsAsCode } from "./mathematics";

test.each([
  ["so \\(x^2\\) it is", `so \`${M}x^2\` it is`],
  ["so $x^2 + 1$.", `so \`${M}x^2 + 1\`.`],
  ["the variable $n$ grows", `the variable \`${M}n\` grows`],
  ["\\[ a = b \\]", "\n\n~~~math\na = b\n~~~\n\n"],
  ["$$\na = b\n$$", "\n\n~~~math\na = b\n~~~\n\n"],
])("%s", (text, expected) => {
  expect(mayHoldMathematics(text)).toBe(true);
  expect(withMathematicsAsCode(text)).toBe(expected);
});

test.each([
  "it costs $49.00 and then $50 more",
  "between $5 and $6",
  "USD$x_1$y",
  "`$x^2$` is how one writes it",
  "```sh\necho $HOME_1 $PATH\n```",
  "~~~\n\\(x\\)\n~~~",
  "escaped \\$x^2$",
])("left alone: %s", (text) => {
  expect(withMathematicsAsCode(text)).toBe(text);
});

test("plain text pays nothing", () => {
  expect(mayHoldMathematics("hello, 5 * 3 = 15")).toBe(false);
});
