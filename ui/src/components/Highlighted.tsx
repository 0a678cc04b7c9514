import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import bash from "highlight.js/lib/languages/bash";
import css from "highlight.js/lib/languages/css";
import go from "highlight.js/lib/languages/go";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { createLowlight } from "lowlight";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import "./Highlighted.css";

const lowlight = createLowlight({ bash, css, go, java, javascript, json, python, rust, sql, typescript, xml, yaml });
const LENGTH_MAX = 30_000;

/** Code with its words told apart, as elements: no HTML is ever made from text. */
export default function Highlighted({ text, language }: { text: string; language: string }) {
  if (!lowlight.registered(language) || text.length > LENGTH_MAX) return <code>{text}</code>;
  return <code>{toJsxRuntime(lowlight.highlight(language, text), { Fragment, jsx, jsxs })}</code>;
}
