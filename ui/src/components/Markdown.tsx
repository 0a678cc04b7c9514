import type { Element, Root, RootContent } from "hast";
import { type ReactNode, Suspense } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { occurrences, pieces } from "../core/marks";
import { INLINE_MATHEMATICS, mayHoldMathematics, withMathematicsAsCode } from "../core/mathematics";
import { CodeBlock } from "./CodeBlock";
import styles from "./Markdown.module.css";
import { mathematics } from "./parts";

const Mathematics = mathematics.Part;

// Raw HTML stays text. An image would be a request to someone else's server: its address is shown instead.
const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ src, alt }) => <ImageLink source={typeof src === "string" ? src : ""} words={alt ?? ""} />,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
    <div className={styles.wide} tabIndex={0} role="group" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
  h1: ({ children }) => <h3 className={styles.heading}>{children}</h3>,
  h2: ({ children }) => <h3 className={styles.heading}>{children}</h3>,
  h3: ({ children }) => <h3 className={styles.heading}>{children}</h3>,
  pre: ({ node }) => <Code node={node} />,
  code: ({ children }) => <InlineCode text={typeof children === "string" ? children : null}>{children}</InlineCode>,
};

/** Markdown from strangers, drawn safely. */
export default function Markdown({ text, find }: { text: string; find?: string | undefined }) {
  return (
    <div className={styles.markdown}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} rehypePlugins={find ? [[markHits, find]] : []} components={COMPONENTS}>
        {mayHoldMathematics(text) ? withMathematicsAsCode(text) : text}
      </ReactMarkdown>
    </div>
  );
}

function ImageLink({ source, words }: { source: string; words: string }) {
  if (!source) return <span className="muted">{words || "image"}</span>;
  return (
    <a href={source} target="_blank" rel="noopener noreferrer nofollow">
      Image{words && `: ${words}`} ↗
    </a>
  );
}

function InlineCode({ text, children }: { text: string | null; children: ReactNode }) {
  if (!text?.startsWith(INLINE_MATHEMATICS)) return <code>{children}</code>;
  const tex = text.slice(INLINE_MATHEMATICS.length);
  return (
    <Suspense fallback={<code>{tex}</code>}>
      <Mathematics tex={tex} display={false} />
    </Suspense>
  );
}

function Code({ node }: { node: Element | undefined }) {
  const code = node?.children.find((child): child is Element => child.type === "element" && child.tagName === "code");
  const text = code?.children.map((child) => ("value" in child ? child.value : "")).join("") ?? "";
  const names = code?.properties.className;
  const language = Array.isArray(names) ? String(names[0] ?? "").replace("language-", "") : "";
  const find = node?.properties[FIND] as string | undefined;
  if (language !== "math") return <CodeBlock text={text} language={language} find={find} />;
  return (
    <Suspense fallback={<code>{text}</code>}>
      <Mathematics tex={text} display />
    </Suspense>
  );
}

/** On a code block: what to mark in it. */
const FIND = "dataFind";

/** Marks what was searched for in the text nodes of the drawn tree; formulas stay as they are. */
function markHits(needle: string) {
  const walk = (parent: { children: RootContent[] }) => {
    parent.children = parent.children.flatMap((child): RootContent[] => {
      if (child.type === "element") {
        if (child.tagName === "pre") child.properties[FIND] = needle;
        else if (!isFormula(child)) walk(child as { children: RootContent[] });
        return [child];
      }
      if (child.type !== "text") return [child];
      const ranges = occurrences(child.value, needle);
      if (ranges.length === 0) return [child];
      return pieces(child.value, ranges).map((piece): RootContent => {
        const text = { type: "text" as const, value: piece.text };
        return piece.marked ? { type: "element", tagName: "mark", properties: {}, children: [text] } : text;
      });
    });
  };
  return (tree: Root) => walk(tree as { children: RootContent[] });
}

function isFormula({ tagName, children: [first] }: Element): boolean {
  return tagName === "code" && first?.type === "text" && first.value.startsWith(INLINE_MATHEMATICS);
}
